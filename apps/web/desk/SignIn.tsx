import { useState, type FormEvent } from "react";
import { hasPasskeys, signInWithPasskey, useAccountTexts } from "./credentials.ts";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";

type Props = {
  demo: boolean;
  /** Name of the city's identity provider, if it has one. */
  provider?: string;
  /** What a visit to it brought back. */
  returned?: string;
  onDone: () => void;
  onLanguage: () => void;
};

export function SignIn({ demo, provider, returned, onDone, onLanguage }: Props) {
  const { t } = useTexts();
  const others = useAccountTexts();
  const [problem, setProblem] = useState(returned ? (others.returned[returned] ?? "") : "");
  const withPasskey = async (): Promise<void> => {
    try {
      await signInWithPasskey();
      onDone();
    } catch {
      setProblem(others.passkeyWrong);
    }
  };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      await api.signIn(String(form.get("login")), String(form.get("password")), String(form.get("totp") ?? ""));
      onDone();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <main className="sign-in">
      <h1>
        {t.brand} · {t.title}
      </h1>
      {demo && <p className="demo">{t.demo}</p>}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <form onSubmit={(event) => void submit(event)}>
        <label>
          {t.login}
          <input name="login" autoComplete="username" required autoFocus />
        </label>
        <label>
          {t.password}
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <label>
          {t.totp}
          <input name="totp" inputMode="numeric" pattern="\d{6}" autoComplete="one-time-code" />
        </label>
        <button className="primary">{t.signIn}</button>
        <button type="button" onClick={onLanguage}>
          {t.other}
        </button>
      </form>
      <div className="buttons">
        {hasPasskeys() && <button onClick={() => void withPasskey()}>{others.withPasskey}</button>}
        {provider && (
          <a className="button" href="/auth/oidc/start">
            {others.withProvider(provider)}
          </a>
        )}
      </div>
    </main>
  );
}
