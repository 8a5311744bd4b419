import { useState, type FormEvent } from "react";
import { dayText } from "../../ui/time.ts";
import { privacy, type RetentionState, type ShownHold } from "./api.ts";
import { usePrivacyTexts } from "./texts.ts";

type Props = { holds: ShownHold[]; mayPlace: boolean; onChanged: (state: RetentionState) => void };

/** Recorded exceptions from the table: who, why, on what basis, until when. */
export function Holds({ holds, mayPlace, onChanged }: Props) {
  const { t, language } = usePrivacyTexts();
  const words = t.retention;
  return (
    <>
      <h3>{words.holds}</h3>
      <p className="quiet">{words.holdsHint}</p>
      {holds.length === 0 && <p>{words.noHolds}</p>}
      <ul className="plain">
        {holds.map((hold) => (
          <li key={hold.id}>
            <strong>{hold.number}</strong> {hold.reason} · {hold.basis} · {words.until} {dayText(hold.until, language)}{" "}
            · {words.by} {hold.by}{" "}
            {!hold.holding && (
              <span className="quiet">
                {words.over} {hold.endReason}
              </span>
            )}
            {hold.holding && mayPlace && <End hold={hold} onChanged={onChanged} />}
          </li>
        ))}
      </ul>
      {mayPlace && <Place onChanged={onChanged} />}
    </>
  );
}

function End({ hold, onChanged }: { hold: ShownHold; onChanged: Props["onChanged"] }) {
  const { t } = usePrivacyTexts();
  const end = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    onChanged(await privacy.endHold(hold.id, String(new FormData(event.currentTarget).get("reason"))));
  };
  return (
    <details>
      <summary>{t.retention.end}</summary>
      <form onSubmit={(event) => void end(event)}>
        <label>
          {t.retention.endWhy} <input name="reason" required minLength={4} maxLength={1000} />
        </label>{" "}
        <button>{t.retention.end}</button>
      </form>
    </details>
  );
}

function Place({ onChanged }: Pick<Props, "onChanged">) {
  const { t } = usePrivacyTexts();
  const words = t.retention;
  const [problem, setProblem] = useState("");
  const place = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const text = (name: string): string => String(form.get(name)).trim();
    try {
      const until = new Date(`${text("until")}T23:59:59`).toISOString();
      onChanged(await privacy.hold({ number: text("number"), reason: text("reason"), basis: text("basis"), until }));
      element.reset();
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <details>
      <summary>{words.place}</summary>
      <form className="command" onSubmit={(event) => void place(event)}>
        <label>
          {words.number}
          <input name="number" required maxLength={20} placeholder="7K3A-482C" />
        </label>
        <label>
          {words.reason}
          <textarea name="reason" required minLength={4} maxLength={1000} />
        </label>
        <label>
          {words.basis}
          <input name="basis" required minLength={2} maxLength={200} />
        </label>
        <label>
          {words.until}
          <input name="until" type="date" required />
        </label>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <button className="primary">{words.place}</button>
      </form>
    </details>
  );
}
