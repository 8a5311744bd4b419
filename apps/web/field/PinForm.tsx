import { useState, type FormEvent } from "react";
import { WrongPinError } from "./phone/vault.ts";
import { useTexts } from "./use.tsx";
import { Problem } from "./Problem.tsx";

const key = "linge-field-tries";
const freeTries = 4;

/** Guessing is made slow, also over restarts: after some wrong tries each doubles the wait, up to five minutes. */
function waitSeconds(now = Date.now()): number {
  const [tries, at] = (localStorage.getItem(key) ?? "0,0").split(",").map(Number) as [number, number];
  if (tries < freeTries) return 0;
  const until = at + Math.min(300, 2 ** (tries - freeTries + 1)) * 1_000;
  return Math.max(0, Math.ceil((until - now) / 1_000));
}

function noteTry(wrong: boolean): void {
  const [tries = 0] = (localStorage.getItem(key) ?? "0").split(",").map(Number);
  localStorage.setItem(key, wrong ? `${tries + 1},${Date.now()}` : "0,0");
}

/** Six digits and a button. */
export function PinForm({
  label,
  button,
  onPin,
}: {
  label: string;
  button: string;
  onPin: (pin: string) => Promise<unknown>;
}) {
  const { t } = useTexts();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const seconds = waitSeconds();
    if (seconds > 0) return setProblem(t.pin.wait(seconds));
    setBusy(true);
    try {
      await onPin(String(new FormData(form).get("pin")));
      noteTry(false);
    } catch (error) {
      if (!(error instanceof WrongPinError)) throw error;
      noteTry(true);
      form.reset();
      setProblem(t.pin.wrong);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Problem text={problem} />
      <label>
        {label}
        <input
          className="pin"
          name="pin"
          type="password"
          inputMode="numeric"
          pattern="\d{6}"
          maxLength={6}
          autoComplete="off"
          required
          autoFocus
        />
      </label>
      <button className="main" disabled={busy}>
        {button}
      </button>
    </form>
  );
}
