import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "../api.ts";
import { people, type Area, type PersonRow } from "./api.ts";
import { usePeopleTexts } from "./texts.ts";

export type City = { code: string; zh: string; en: string };

/** Chooses a part of the territory step by step, from the city down to a grid. */
function AreaSelects({ city, onChoose }: { city: City; onChoose: (area: Area) => void }) {
  const { t, language } = usePeopleTexts();
  const [path, setPath] = useState<Area[]>([city]);
  const choose = (depth: number, area: Area | undefined): void => {
    const next = [...path.slice(0, depth), ...(area ? [area] : [])];
    setPath(next);
    onChoose(next.at(-1)!);
  };
  return (
    <fieldset>
      <legend>{t.area}</legend>
      <p>{path.map((area) => area[language]).join(" › ")}</p>
      {path.map((parent, depth) => (
        <Children
          key={parent.code}
          parent={parent}
          chosen={path[depth + 1]}
          onChoose={(area) => choose(depth + 1, area)}
        />
      ))}
    </fieldset>
  );
}

type ChildrenProps = { parent: Area; chosen?: Area; onChoose: (area: Area | undefined) => void };

function Children({ parent, chosen, onChoose }: ChildrenProps) {
  const { t, language } = usePeopleTexts();
  const found = useQuery({ queryKey: ["areas", parent.code], queryFn: () => people.areas(parent.code) });
  const areas = found.data?.areas ?? [];
  if (areas.length === 0) return null;
  const label = `${t.whole}${language === "zh" ? "" : " "}${parent[language]}`;
  return (
    <select
      aria-label={`${t.area} ${parent[language]}`}
      value={chosen?.code ?? ""}
      onChange={(event) => onChoose(areas.find((area) => area.code === event.target.value))}
    >
      <option value="">{label}</option>
      {areas.map((area) => (
        <option key={area.code} value={area.code}>
          {area[language]}
        </option>
      ))}
    </select>
  );
}

type Props = { person: PersonRow; city: City; onDone: (what: string) => void; onCancel: () => void };

/** Gives somebody a role, and says where it reaches: a unit for its handlers, an area for everybody else. */
export function GrantForm({ person, city, onDone, onCancel }: Props) {
  const { t, language } = usePeopleTexts();
  const [role, setRole] = useState("");
  const [area, setArea] = useState<Area>(city);
  const [problem, setProblem] = useState("");
  const units = useQuery({ queryKey: ["units"], queryFn: api.units, staleTime: 600_000 });
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const unitId = String(new FormData(event.currentTarget).get("unitId") ?? "");
    const unit = units.data?.units.find(({ id }) => id === unitId);
    try {
      await people.give(person.id, role === "unitHandler" ? { role, unitId } : { role, area: area.code });
      onDone(t.reach(t.roles[role]!, (role === "unitHandler" ? unit : area)?.[language] ?? ""));
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <form className="command" aria-label={t.giveTo(person.name)} onSubmit={(event) => void submit(event)}>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <label>
        {t.role}
        <select name="role" required value={role} onChange={(event) => setRole(event.target.value)} autoFocus>
          <option value="">{t.choose}</option>
          {Object.entries(t.roles).map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {role === "unitHandler" ? (
        <label>
          {t.ofUnit}
          <select name="unitId" required defaultValue="">
            <option value="">{t.choose}</option>
            {units.data?.units.map((unit) => (
              <option key={unit.id} value={unit.id}>
                {unit[language]}
              </option>
            ))}
          </select>
        </label>
      ) : (
        role && <AreaSelects city={city} onChoose={setArea} />
      )}
      <div className="buttons">
        <button className="primary" disabled={!role}>
          {t.give}
        </button>
        <button type="button" onClick={onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
