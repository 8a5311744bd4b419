import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { account, useAccountTexts } from "./credentials.ts";
import { AskForm } from "./AskForm.tsx";
import { day } from "./day.ts";
import { useTexts } from "./language.tsx";

/** Keys of systems that connect through Open311. */
export function ClientKeys() {
  const t = useAccountTexts();
  const { language } = useTexts();
  const [key, setKey] = useState("");
  const found = useQuery({ queryKey: ["clientKeys"], queryFn: account.keys });
  const give = async (holder: string): Promise<void> => {
    setKey((await account.giveKey(holder)).key);
    await found.refetch();
  };
  return (
    <main className="middle whole">
      <h2>{t.clients}</h2>
      <p className="quiet">{t.clientsHint}</p>
      <AskForm label={t.holder} button={t.give} kind="text" onAnswer={give} />
      {key && (
        <p role="status">
          <code className="secret">{t.given(key)}</code>
          <br />
          {t.givenHint}
        </p>
      )}
      {found.data?.keys.length === 0 && <p>{t.noClients}</p>}
      <ul className="plain">
        {found.data?.keys.map(({ id, holder, createdAt, endedAt }) => (
          <li key={id}>
            <strong>{holder}</strong> · {t.since(day(createdAt, language))}{" "}
            {endedAt ? (
              <span className="quiet">{t.stopped(day(endedAt, language))}</span>
            ) : (
              <button
                className="link"
                aria-label={`${t.stop} ${holder}`}
                onClick={() => void account.stopKey(id).then(() => found.refetch())}
              >
                {t.stop}
              </button>
            )}
          </li>
        ))}
      </ul>
    </main>
  );
}
