import { useState, type FormEvent } from "react";

type Props = {
  label: string;
  button: string;
  kind: "password" | "code" | "text";
  /** Refuses by throwing; the words are shown. */
  onAnswer: (answer: string) => Promise<void>;
};

/** Asks for one thing before something changes: the password, a code, a name. */
export function AskForm({ label, button, kind, onAnswer }: Props) {
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setProblem("");
    try {
      await onAnswer(String(new FormData(form).get("answer")).trim());
      form.reset();
    } catch (error) {
      setProblem((error as Error).message);
    }
    setBusy(false);
  };
  const code = { inputMode: "numeric", pattern: "\\d{6}", autoComplete: "one-time-code" } as const;
  return (
    <form className="command" onSubmit={(event) => void submit(event)}>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <label>
        {label}
        <input
          name="answer"
          required
          type={kind === "password" ? "password" : "text"}
          {...(kind === "password" && { autoComplete: "current-password" })}
          {...(kind === "code" && code)}
          {...(kind === "text" && { minLength: 2, maxLength: 120, autoComplete: "off" })}
        />
      </label>
      <button className="primary" disabled={busy}>
        {button}
      </button>
    </form>
  );
}
