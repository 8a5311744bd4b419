import { useState, type FormEvent } from "react";
import { openPhone, type Phone } from "./phone/phone.ts";
import { WrongPinError } from "./phone/vault.ts";
import { useTexts } from "./use.tsx";

/** Six digits and a button. */
export function PinForm({ label, onPin }: { label: string; onPin: (pin: string) => Promise<void> }) {
  const { t } = useTexts();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const pin = String(new FormData(event.currentTarget).get("pin"));
    setBusy(true);
    try {
      await onPin(pin);
    } catch (error) {
      setProblem(error instanceof WrongPinError ? t.pin.wrong : (error as Error).message);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <input
        className="pin"
        name="pin"
        type="password"
        inputMode="numeric"
        pattern="\d{6}"
        maxLength={6}
        autoComplete="off"
        aria-label={t.pin.enter("").replace(/^[，, ]+/, "")}
        required
        autoFocus
      />
      <button className="main" disabled={busy}>
        {label}
      </button>
    </form>
  );
}

/** What a phone shows that has an owner: nothing, until the PIN. */
export function Lock({
  login,
  onOpen,
  onLanguage,
}: {
  login: string;
  onOpen: (phone: Phone) => void;
  onLanguage: () => void;
}) {
  const { t } = useTexts();
  return (
    <main className="door">
      <h1>{t.pin.enter(login)}</h1>
      <PinForm label={t.pin.open} onPin={async (pin) => onOpen(await openPhone(pin))} />
      <button type="button" className="plain" onClick={onLanguage}>
        {t.me.other}
      </button>
    </main>
  );
}
