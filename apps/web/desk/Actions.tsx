import { caseLabels } from "@linge/domain/case/labels.ts";
import { explain } from "@linge/domain/error/catalogue.ts";
import type { Allowed } from "@linge/domain/case/decide.ts";
import type { FollowingCommand } from "@linge/domain/case/command.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { api, type CaseView } from "./api.ts";
import { caseIdOf } from "./caseId.ts";
import { CommandForm } from "./CommandForm.tsx";
import { byWeight, commandFields, isLeading } from "./commands.ts";
import { useKeys } from "./keys.ts";
import { useTexts } from "./language.tsx";

type Type = FollowingCommand["type"];

/** A command that cannot be given now; the reason is there for whoever points at it or comes to it by keyboard. */
function Refused({ type, why }: { type: Type; why: NonNullable<Allowed["why"]> }) {
  const { language } = useTexts();
  const id = useId();
  return (
    <span className="refused">
      <button type="button" aria-disabled="true" aria-describedby={id}>
        {caseLabels[language].command[type]}
      </button>
      <span role="tooltip" id={id}>
        {explain(why, language)}
      </span>
    </span>
  );
}

const weightClass = (type: Type, i: number): string | undefined =>
  isLeading(type) ? (i === 0 ? "primary" : undefined) : "minor";

/** What can be done with a case: what leads on first, the rest behind it, the refused with their reasons. */
export function Actions({ view }: { view: CaseView }) {
  const { t, language } = useTexts();
  const client = useQueryClient();
  const [type, setType] = useState<Type>();
  const [problem, setProblem] = useState("");
  const [done, setDone] = useState<Type>();
  const known = view.allowed.filter((each) => commandFields[each.type]).sort(byWeight);
  const allowed = known.filter((each) => each.allowed).map((each) => each.type);
  const refused = known.filter((each) => !each.allowed);
  const send = async (command: Record<string, unknown>): Promise<void> => {
    try {
      if (command.type === "mergeInto") command.parentId = await caseIdOf(String(command.parentId));
      await api.command(view.case.id, command);
      setType(undefined);
      setProblem("");
      setDone(command.type as Type);
      await client.invalidateQueries();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const press = (each: Type): void => {
    setProblem("");
    setDone(undefined);
    if (Object.keys(commandFields[each] ?? {}).length) setType(each);
    else void send({ type: each, id: crypto.randomUUID() });
  };
  const keyed = Object.fromEntries(allowed.slice(0, 9).map((each, i) => [String(i + 1), () => press(each)]));
  useKeys(type ? {} : keyed);
  useKeys(type ? { Escape: () => setType(undefined) } : {}, true);
  const button = (each: Type, i: number) => (
    <button key={each} className={weightClass(each, i)} onClick={() => press(each)}>
      {caseLabels[language].command[each]}
      {i < 9 && <kbd aria-hidden="true">{i + 1}</kbd>}
    </button>
  );
  return (
    <div className="actions">
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {done && !problem && (
        <p className="said-so" role="status">
          {t.doneWith(caseLabels[language].command[done])}{" "}
          {done !== "undo" && allowed.includes("undo") && (
            <button className="link" onClick={() => press("undo")}>
              {caseLabels[language].command.undo}
            </button>
          )}
        </p>
      )}
      {type ? (
        <CommandForm
          type={type}
          submit={t.send}
          record={view.case}
          routing={view.routing}
          onSubmit={send}
          onCancel={() => setType(undefined)}
        />
      ) : (
        <div className="buttons" role="group" aria-label={t.actions}>
          {allowed.map(button)}
        </div>
      )}
      {refused.length > 0 && (
        <details className="not-now">
          <summary>{t.notNow(refused.length)}</summary>
          <div className="buttons">
            {refused.map((each) => (
              <Refused key={each.type} type={each.type} why={each.why!} />
            ))}
          </div>
        </details>
      )}
    </div>
  );
}
