import { useState, type FormEvent } from "react";
import type { Phone } from "./phone/phone.ts";
import { signIn, type Who } from "./phone/server.ts";
import { newVault, type OpenedVault } from "./phone/vaults.ts";
import { PinForm } from "./PinForm.tsx";
import { useTexts } from "./use.tsx";
import { Problem } from "./Problem.tsx";

type CredentialsProps = { login?: string; onDone: (who: Who) => void; onUnreachable?: (login: string) => void };

/** User name and password; what to do once the server knows him is the caller's. */
export function Credentials({ login, onDone, onUnreachable }: CredentialsProps) {
  const { t } = useTexts();
  const [problem, setProblem] = useState("");
  const [replacing, setReplacing] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string): string => String(form.get(name) ?? "").trim();
    const reply = await signIn(
      value("login"),
      String(form.get("password") ?? ""),
      value("totp"),
      String(form.get("newPassword") ?? ""),
    );
    if (reply.kind === "ok") return onDone(reply.body);
    if (reply.kind === "refused" && reply.code === "newPasswordNeeded") setReplacing(true);
    if (reply.kind === "refused") return setProblem(t.signIn.wrong + reply.message);
    setProblem(t.signIn.unreachable);
    onUnreachable?.(value("login"));
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Problem text={problem} />
      <label>
        {t.signIn.login}
        <input
          name="login"
          defaultValue={login}
          readOnly={login !== undefined}
          autoComplete="username"
          autoCapitalize="none"
          required
        />
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

type Props = { onOpen: (opened: OpenedVault) => Promise<Phone>; onBack?: () => void; onLanguage: () => void };

/** The first sign-in gives a worker a place of his own on this phone; without a signal he may begin and sign in later. */
export function SignIn({ onOpen, onBack, onLanguage }: Props) {
  const { t } = useTexts();
  const [who, setWho] = useState<Who>();
  const [unreachable, setUnreachable] = useState<string>();
  const [login, setLogin] = useState<string>();
  const begin = async (pin: string): Promise<void> => {
    const phone = await onOpen(await newVault(login!, pin));
    if (who) await phone.signedInAs(who);
  };
  return (
    <main className="door">
      <h1>{login ? t.pin.set : `${t.brand} · ${t.signIn.head}`}</h1>
      {login ? (
        <>
          <p>{t.pin.why}</p>
          <PinForm label={t.pin.digits} button={t.pin.keep} onPin={begin} />
        </>
      ) : (
        <Credentials onDone={(found) => (setWho(found), setLogin(found.login))} onUnreachable={setUnreachable} />
      )}
      {unreachable && !login && (
        <section>
          <p>{t.signIn.offlineFirst}</p>
          <button type="button" className="wide" onClick={() => setLogin(unreachable)}>
            {t.signIn.offlineGo}
          </button>
        </section>
      )}
      {onBack && !login && (
        <button type="button" className="plain wide" onClick={onBack}>
          {t.signIn.back}
        </button>
      )}
      <button type="button" className="plain wide" onClick={onLanguage}>
        {t.me.other}
      </button>
    </main>
  );
}
