import { useState, type FormEvent } from "react";
import { hasPasskeys, signInWithPasskey, useAccountTexts } from "./credentials.ts";
import { api, type ApiError } from "./api.ts";
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
  const [replacing, setReplacing] = useState(false);
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
      const [login, password, totp, newPassword] = ["login", "password", "totp", "newPassword"].map((name) =>
        String(form.get(name) ?? ""),
      ) as [string, string, string, string];
      await api.signIn({ login, password, ...(totp && { totp }), ...(newPassword && { newPassword }) });
      onDone();
    } catch (error) {
      if ((error as ApiError).code === "newPasswordNeeded") setReplacing(true);
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
        {replacing && (
          <label>
            {t.newPassword}
            <input name="newPassword" type="password" required autoComplete="new-password" />
          </label>
        )}
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
