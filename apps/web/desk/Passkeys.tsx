import { useState } from "react";
import { account, addPasskey, useAccountTexts, type Credentials } from "./credentials.ts";
import { ApiError } from "./api.ts";
import { AskForm } from "./AskForm.tsx";
import { useTexts } from "./language.tsx";
import { day } from "./day.ts";

/** Passkeys of this person: added on the device at hand, removed from anywhere. */
export function Passkeys({ list, onChange }: { list: Credentials["passkeys"]; onChange: (said: string) => void }) {
  const t = useAccountTexts();
  const { language } = useTexts();
  const [asking, setAsking] = useState(false);
  const add = async (password: string): Promise<void> => {
    try {
      await addPasskey(password);
    } catch (error) {
      // The browser's own words for this are for developers.
      throw error instanceof ApiError ? error : new Error(t.passkeyFailed);
    }
    setAsking(false);
    onChange(t.passkeyAdded);
  };
  return (
    <section aria-label={t.passkeys}>
      <h3>{t.passkeys}</h3>
      <p className="quiet">{t.passkeysHint}</p>
      {list.length === 0 && <p>{t.passkeyNone}</p>}
      <ul className="plain">
        {list.map(({ id, createdAt }) => (
          <li key={id}>
            {t.passkeyOf(day(createdAt, language))}{" "}
            <button className="link" onClick={() => void account.removePasskey(id).then(() => onChange(""))}>
              {t.remove}
            </button>
          </li>
        ))}
      </ul>
      {asking ? (
        <AskForm label={t.password} button={t.go} kind="password" onAnswer={add} />
      ) : (
        <button onClick={() => setAsking(true)}>{t.passkeyAdd}</button>
      )}
    </section>
  );
}
