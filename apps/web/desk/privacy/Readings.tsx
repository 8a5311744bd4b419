import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { dayText } from "../../ui/time.ts";
import { privacy, type ShownReading } from "./api.ts";
import { LookTable } from "./LookTable.tsx";
import { usePrivacyTexts } from "./texts.ts";

/** Unusual reading, and what was made of it. */
export function Readings({ mayDecide }: { mayDecide: boolean }) {
  const { t } = usePrivacyTexts();
  const found = useQuery({ queryKey: ["readings"], queryFn: privacy.readings });
  const readings = found.data?.readings ?? [];
  const open = readings.filter(({ review }) => !review);
  const ordered = [...open, ...readings.filter(({ review }) => review)];
  return (
    <>
      <p className="quiet">{t.readings.hint}</p>
      {found.isError && <p className="problem">{found.error.message}</p>}
      {found.isSuccess && <p>{readings.length ? t.readings.open(open.length) : t.readings.none}</p>}
      <ul className="cards">
        {ordered.map((reading) => (
          <Reading key={reading.key} reading={reading} mayDecide={mayDecide} />
        ))}
      </ul>
    </>
  );
}

function Reading({ reading, mayDecide }: { reading: ShownReading; mayDecide: boolean }) {
  const { t, language } = usePrivacyTexts();
  const words = t.readings;
  const { kind, day, person, looks, subjects, review } = reading;
  return (
    <li className={review ? "card settled" : "card"}>
      <h3>
        {privacyLabels[language].unusual[kind]} · {person} · {dayText(day, language)}
      </h3>
      <p>{kind === "outOfScope" ? words.tried(looks.length) : words.subjects(looks.length, subjects)}</p>
      <details>
        <summary>{words.show}</summary>
        <LookTable looks={looks} caption={`${privacyLabels[language].unusual[kind]} ${person} ${day}`} />
      </details>
      {review && (
        <p>
          <strong>{words.outcomes[review.outcome]}</strong> · {review.note}{" "}
          <span className="quiet">{dayText(review.at, language)}</span>
        </p>
      )}
      {mayDecide && <Decide reading={reading} />}
    </li>
  );
}

function Decide({ reading }: { reading: ShownReading }) {
  const { t } = usePrivacyTexts();
  const words = t.readings;
  const client = useQueryClient();
  const [problem, setProblem] = useState("");
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      client.setQueryData(
        ["readings"],
        await privacy.review(reading.key, String(form.get("outcome")), String(form.get("note"))),
      );
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <details>
      <summary>{reading.review ? words.again : words.decide}</summary>
      <form className="command" onSubmit={(event) => void save(event)}>
        <fieldset>
          <legend>{words.decide}</legend>
          {Object.entries(words.outcomes).map(([outcome, label]) => (
            <label key={outcome} className="tick">
              <input type="radio" name="outcome" value={outcome} required /> {label}
            </label>
          ))}
        </fieldset>
        <label>
          {words.note}
          <textarea name="note" required minLength={2} maxLength={1000} />
        </label>
        {problem && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <button className="primary">{words.save}</button>
      </form>
    </details>
  );
}
