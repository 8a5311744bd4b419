import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { account, useAccountTexts, type Credentials } from "./credentials.ts";
import { AskForm } from "./AskForm.tsx";
import { day } from "./day.ts";
import { deviceOf } from "../ui/device.ts";
import { useTexts } from "./language.tsx";
import { OneTimeCodes } from "./OneTimeCodes.tsx";
import { OwnPassword } from "./OwnPassword.tsx";
import { Passkeys } from "./Passkeys.tsx";

/** How one signs in, and where one is signed in. */
export function Account({ returned }: { returned?: string }) {
  const t = useAccountTexts();
  const client = useQueryClient();
  const [said, setSaid] = useState(returned ? t.returned[returned] : "");
  const found = useQuery({ queryKey: ["credentials"], queryFn: account.credentials });
  const changed = (words: string): void => {
    setSaid(words);
    void client.invalidateQueries({ queryKey: ["credentials"] });
    void client.invalidateQueries({ queryKey: ["sessions"] });
  };
  return (
    <main className="middle whole">
      <h2>{t.title}</h2>
      <p className="quiet">{t.hint}</p>
      {said && <p role="status">{said}</p>}
      {found.data && (
        <>
          <OwnPassword has={found.data.password} onChange={changed} />
          <OneTimeCodes key={String(found.data.totp)} on={found.data.totp} onChange={changed} />
          <Passkeys list={found.data.passkeys} onChange={changed} />
          {found.data.identity && <Identity identity={found.data.identity} onChange={changed} />}
        </>
      )}
      <Sessions />
    </main>
  );
}

type IdentityProps = { identity: NonNullable<Credentials["identity"]>; onChange: (said: string) => void };

function Identity({ identity: { name, linked }, onChange }: IdentityProps) {
  const t = useAccountTexts();
  const [asking, setAsking] = useState(false);
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <p className="quiet">{linked ? t.identityLinked : t.identityOff}</p>
      {linked && <button onClick={() => void account.unlink().then(() => onChange(""))}>{t.unlink}</button>}
      {!linked && !asking && <button onClick={() => setAsking(true)}>{t.link(name)}</button>}
      {!linked && asking && (
        <AskForm
          label={t.password}
          button={t.go}
          kind="password"
          onAnswer={async (password) => location.assign((await account.link(password)).url)}
        />
      )}
    </section>
  );
}

function Sessions() {
  const t = useAccountTexts();
  const { language } = useTexts();
  const found = useQuery({ queryKey: ["sessions"], queryFn: account.sessions });
  const named = (agent: string): string => {
    const device = deviceOf(agent);
    return device ? t.device(device.browser, device.system) : agent.slice(0, 40) || "—";
  };
  return (
    <section aria-label={t.sessions}>
      <h3>{t.sessions}</h3>
      <ul className="plain">
        {found.data?.sessions.map(({ id, device, seenAt, current }) => (
          <li key={id}>
            {named(device)} · {current ? t.here : t.seen(day(seenAt, language))}{" "}
            {!current && (
              <button className="link" onClick={() => void account.endSession(id).then(() => found.refetch())}>
                {t.end}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
