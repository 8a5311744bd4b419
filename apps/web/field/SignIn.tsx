import { useState, type FormEvent } from "react";
import { newPhone, type Phone } from "./phone/phone.ts";
import { signIn, type Who } from "./phone/server.ts";
import { PinForm } from "./Lock.tsx";
import { useTexts } from "./use.tsx";

/** User name and password; what to do once the server knows him is the caller's. */
export function Credentials({ onDone }: { onDone: (who: Who) => void }) {
  const { t } = useTexts();
  const [problem, setProblem] = useState("");
  const [replacing, setReplacing] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string): string => String(form.get(name) ?? "");
    const reply = await signIn(value("login"), value("password"), value("totp"), value("newPassword"));
    if (reply.kind === "ok") return onDone(reply.body);
    if (reply.kind === "refused" && reply.code === "newPasswordNeeded") setReplacing(true);
    setProblem(reply.kind === "refused" ? t.signIn.wrong + reply.message : t.signIn.unreachable);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <label>
        {t.signIn.login}
        <input name="login" autoComplete="username" autoCapitalize="none" required />
      </label>
      <label>
        {t.signIn.password}
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <label>
        {t.signIn.totp}
        <input name="totp" inputMode="numeric" pattern="\d{6}" autoComplete="one-time-code" />
      </label>
      {replacing && (
        <label>
          {t.signIn.newPassword}
          <input name="newPassword" type="password" autoComplete="new-password" required />
        </label>
      )}
      <button className="main">{t.signIn.go}</button>
    </form>
  );
}

/** The first sign-in makes the phone the worker's own. */
export function SignIn({ onOpen, onLanguage }: { onOpen: (phone: Phone) => void; onLanguage: () => void }) {
  const { t } = useTexts();
  const [who, setWho] = useState<Who>();
  return (
    <main className="door">
      <h1>{who ? t.pin.set : `${t.brand} · ${t.signIn.head}`}</h1>
      {who ? (
        <>
          <p>{t.pin.why}</p>
          <PinForm label={t.pin.keep} onPin={async (pin) => onOpen(await newPhone(who, pin))} />
        </>
      ) : (
        <Credentials onDone={setWho} />
      )}
      <button type="button" className="plain" onClick={onLanguage}>
        {t.me.other}
      </button>
    </main>
  );
}
