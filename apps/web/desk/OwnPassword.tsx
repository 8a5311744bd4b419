import { useState, type FormEvent } from "react";
import { account, useAccountTexts } from "./credentials.ts";

type Props = {
  /** Whoever comes through an identity provider has none yet. */
  has: boolean;
  onChange: (said: string) => void;
};

/** Changes one's own password; the present one is asked for first. */
export function OwnPassword({ has, onChange }: Props) {
  const t = useAccountTexts();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState("");
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [present, next, again] = ["present", "next", "again"].map((name) => String(form.get(name) ?? ""));
    if (next !== again) return setProblem(t.notAlike);
    try {
      await account.changePassword(present!, next!);
      setAsking(false);
      onChange(t.changed);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <section aria-label={t.ownPassword}>
      <h3>{t.ownPassword}</h3>
      <p className="quiet">{t.ownPasswordHint}</p>
      {!asking && <button onClick={() => setAsking(true)}>{t.change}</button>}
      {asking && (
        <form className="command" onSubmit={(event) => void submit(event)}>
          {problem && (
            <p className="problem" role="alert">
              {problem}
            </p>
          )}
          {has && (
            <label>
              {t.password}
              <input name="present" type="password" required autoComplete="current-password" />
            </label>
          )}
          <label>
            {t.newPassword}
            <input name="next" type="password" required autoComplete="new-password" />
          </label>
          <label>
            {t.again}
            <input name="again" type="password" required autoComplete="new-password" />
          </label>
          <button className="primary">{t.change}</button>
        </form>
      )}
    </section>
  );
}
