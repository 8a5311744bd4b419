import { useState, type FormEvent } from "react";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";

export function SignIn({ demo, onDone, onLanguage }: { demo: boolean; onDone: () => void; onLanguage: () => void }) {
  const { t } = useTexts();
  const [problem, setProblem] = useState("");
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
    </main>
  );
}
