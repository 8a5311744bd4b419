import { useState } from "react";
import { loginIn, UnusableFileError } from "../../field/phone/file.ts";
import { WrongPinError } from "../../field/phone/vault.ts";
import { reasonText } from "../../field/reason.ts";
import { usePhonesTexts } from "./texts.ts";
import { takeIn, type TakenIn } from "./takeIn.ts";

/** The last resort when a phone cannot send: its worker brings a file and takes it in here. */
export function FileIntake({ login }: { login: string }) {
  const { t, language } = usePhonesTexts();
  const [text, setText] = useState<string>();
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const [taken, setTaken] = useState<TakenIn>();
  const open = (file: string): void => {
    setTaken(undefined);
    setProblem("");
    try {
      const owner = loginIn(file);
      if (owner !== login) setProblem(t.notYours(owner));
      else setText(file);
    } catch {
      setProblem(t.badFile);
    }
  };
  const take = async (pin: string): Promise<void> => {
    setBusy(true);
    setProblem("");
    try {
      const outcome = await takeIn(text!, pin);
      setTaken(outcome);
      if (outcome.whole) setText(undefined);
      else setProblem(t.broke);
    } catch (error) {
      if (error instanceof WrongPinError) setProblem(t.wrongPin);
      else if (error instanceof UnusableFileError) setProblem(t.badFile);
      else throw error;
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-label={t.file}>
      <h3>{t.file}</h3>
      <p className="quiet">{t.fileWhy}</p>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {taken && <Outcome taken={taken} language={language} />}
      <label className="choose">
        {t.chooseFile}
        <input
          type="file"
          accept="application/json,.json"
          className="visually-hidden"
          onChange={(event) => void event.target.files?.[0]?.text().then(open)}
        />
      </label>
      {text !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void take(String(new FormData(event.currentTarget).get("pin")));
          }}
        >
          <label>
            {t.pin}{" "}
            <input name="pin" type="password" inputMode="numeric" pattern="\d{6}" maxLength={6} required autoFocus />
          </label>{" "}
          <button disabled={busy}>{busy ? t.taking : t.take}</button>
        </form>
      )}
    </section>
  );
}

function Outcome({ taken, language }: { taken: TakenIn; language: "zh" | "en" }) {
  const { t } = usePhonesTexts();
  return (
    <div role="status">
      <p>{t.taken(taken.done)}</p>
      {taken.mediaLeft > 0 && <p>{t.mediaLeft(taken.mediaLeft)}</p>}
      {taken.notAccepted.length > 0 && (
        <>
          <p>{t.refused(taken.notAccepted.length)}</p>
          <ul>
            {taken.notAccepted.map(({ key, command, reason }) => (
              <li key={key}>
                {String(command.data.text ?? command.data.note ?? "")} {reason && reasonText(reason, language)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
