import { useState } from "react";
import { day } from "../day.ts";
import { people, type PersonRow } from "./api.ts";
import { GrantForm, type City } from "./GrantForm.tsx";
import type { Told } from "./People.tsx";
import { usePeopleTexts } from "./texts.ts";

type Props = {
  person: PersonRow;
  /** Oneself: seen, not changed. */
  self: boolean;
  city: City;
  onChange: (said: string, told?: Told) => void;
};

/** One person: rights, how he signs in, and what an administrator can do about both. */
export function PersonCard({ person, self, city, onChange }: Props) {
  const { t, language } = usePeopleTexts();
  const [giving, setGiving] = useState(false);
  const [problem, setProblem] = useState("");
  const attempt = (act: () => Promise<void>) => async (): Promise<void> => {
    try {
      setProblem("");
      await act();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const reset = attempt(async () => {
    if (!confirm(t.resetSure(person.name))) return;
    onChange("", { login: person.login, ...(await people.reset(person.id)) });
  });
  const leave = attempt(async () => {
    if (!confirm(t.leaveSure(person.name))) return;
    await people.leave(person.id);
    onChange(`${person.name} ${t.left}`);
  });
  const comeBack = attempt(async () => {
    await people.comeBack(person.id);
    onChange("");
  });
  const signsIn = [
    t.signsIn[person.password],
    person.codes && t.codes,
    person.passkeys > 0 && t.passkeys(person.passkeys),
  ].filter(Boolean);
  return (
    <li className={person.left ? "gone" : undefined}>
      <h3>
        {person.name} <span className="quiet">{person.login}</span>
        {person.unit && <span className="quiet"> · {person.unit[language]}</span>}
        {person.left && <span className="quiet"> · {t.left}</span>}
      </h3>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {!person.left && <Grants person={person} self={self} onChange={onChange} />}
      <p className="quiet">{signsIn.join(" · ")}</p>
      {giving && (
        <GrantForm
          person={person}
          city={city}
          onDone={(what) => {
            setGiving(false);
            onChange(t.given(what));
          }}
          onCancel={() => setGiving(false)}
        />
      )}
      {!self && !giving && (
        <div className="buttons">
          {person.left ? (
            <button onClick={() => void comeBack()}>{t.back}</button>
          ) : (
            <>
              <button onClick={() => setGiving(true)} aria-label={t.giveTo(person.name)}>
                {t.give}
              </button>
              <button onClick={() => void reset()}>{t.reset}</button>
              <button onClick={() => void leave()}>{t.leave}</button>
            </>
          )}
        </div>
      )}
    </li>
  );
}

function Grants({ person, self, onChange }: Pick<Props, "person" | "self" | "onChange">) {
  const { t, language } = usePeopleTexts();
  const [problem, setProblem] = useState("");
  if (person.grants.length === 0) return <p>{t.noRights}</p>;
  const end = async (grantId: string, what: string): Promise<void> => {
    try {
      await people.end(person.id, grantId);
      onChange(t.ended(what));
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <ul className="plain">
        {person.grants.map(({ id, role, reach, since }) => {
          const what = t.reach(t.roles[role]!, reach[language]);
          return (
            <li key={id}>
              {what} <span className="quiet">{t.since(day(since, language))}</span>{" "}
              {!self && (
                <button className="link" aria-label={t.endOf(what)} onClick={() => void end(id, what)}>
                  {t.end}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
