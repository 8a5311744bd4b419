import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { api } from "../api.ts";
import { insight, type ShownIssue } from "./api.ts";
import { useInsightTexts } from "./texts.ts";

type Props = { issue: ShownIssue; type: string; onDone: () => Promise<void>; onCancel: () => void };

/** One step of a problem of the month, with only the fields that it needs. */
export function IssueStepForm({ issue, type, onDone, onCancel }: Props) {
  const { t } = useInsightTexts();
  const words = t.issues;
  const [problem, setProblem] = useState("");
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    try {
      await insight.stepIssue(issue.id, { type, ...fieldsOf(type, new FormData(event.currentTarget)) });
      await onDone();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <form className="command fields" onSubmit={(event) => void submit(event)}>
      <h3>{words.act[type]}</h3>
      {type === "planIssue" && <PlanFields issue={issue} />}
      {type === "reportProgress" && <PartField issue={issue} />}
      {type === "checkIssue" && <PassedField />}
      {type === "handOverIssue" && <UnitField name="ownerUnit" label={words.owner} />}
      {["reportProgress", "submitIssue", "checkIssue"].includes(type) && <TextField name="note" label={words.note} />}
      {["handOverIssue", "dropIssue"].includes(type) && <TextField name="reason" label={words.reason} />}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <p>
        <button className="primary">{words.confirm}</button>{" "}
        <button type="button" onClick={onCancel}>
          {words.cancel}
        </button>
      </p>
    </form>
  );
}

/** What a step sends, from the fields of its form. */
function fieldsOf(type: string, form: FormData): object {
  const text = (name: string): string => String(form.get(name));
  const all = (name: string): string[] => form.getAll(name).map(String);
  switch (type) {
    case "planIssue": {
      const [units, whats, dues] = [all("unit"), all("what"), all("due")];
      return {
        plan: text("plan"),
        responsibilities: whats.map((what, i) => ({ unitId: units[i], what, dueOn: dues[i] })),
      };
    }
    case "reportProgress":
      return { responsibilityId: text("part"), note: text("note") };
    case "checkIssue":
      return { passed: text("passed") === "yes", note: text("note") };
    case "handOverIssue":
      return { ownerUnit: text("ownerUnit"), reason: text("reason") };
    case "submitIssue":
      return { note: text("note") };
    case "dropIssue":
      return { reason: text("reason") };
    default:
      return {};
  }
}

function TextField({ name, label }: { name: string; label: string }) {
  return (
    <label>
      {label}
      <input name={name} required maxLength={500} />
    </label>
  );
}

function UnitField({ name, label, value }: { name: string; label: string; value?: string }) {
  const { language } = useInsightTexts();
  const units = useQuery({ queryKey: ["units"], queryFn: api.units, staleTime: 600_000 });
  return (
    <label>
      {label}
      <select name={name} required defaultValue={value} key={units.data ? "known" : "waiting"}>
        {units.data?.units.map((unit) => (
          <option key={unit.id} value={unit.id}>
            {unit[language]}
          </option>
        ))}
      </select>
    </label>
  );
}

function PlanFields({ issue }: { issue: ShownIssue }) {
  const { t } = useInsightTexts();
  const words = t.issues;
  const open = issue.responsibilities.filter(({ doneOn }) => !doneOn);
  const [parts, setParts] = useState(Math.max(1, open.length));
  return (
    <>
      <label>
        {words.plan}
        <textarea name="plan" required maxLength={2000} defaultValue={issue.plan} />
      </label>
      {Array.from({ length: parts }, (_, i) => (
        <fieldset key={i} className="part">
          <legend>{`${words.parts} ${i + 1}`}</legend>
          <UnitField name="unit" label={words.part.unit} value={open[i]?.unitId ?? issue.ownerUnit} />
          <label>
            {words.part.what}
            <input name="what" required maxLength={300} defaultValue={open[i]?.what} />
          </label>
          <label>
            {words.part.due}
            <input type="date" name="due" required defaultValue={open[i]?.dueOn ?? issue.dueOn} />
          </label>
        </fieldset>
      ))}
      <p>
        <button type="button" onClick={() => setParts(parts + 1)}>
          ＋ {words.addPart}
        </button>
      </p>
    </>
  );
}

function PartField({ issue }: { issue: ShownIssue }) {
  const { t, language } = useInsightTexts();
  return (
    <label>
      {t.issues.which}
      <select name="part" required>
        {issue.responsibilities
          .filter(({ doneOn }) => !doneOn)
          .map((each) => (
            <option key={each.id} value={each.id}>
              {each.unit[language]}：{each.what}
            </option>
          ))}
      </select>
    </label>
  );
}

function PassedField() {
  const { t } = useInsightTexts();
  return (
    <>
      {(["yes", "no"] as const).map((value) => (
        <label key={value} className="tick">
          <input type="radio" name="passed" value={value} required />{" "}
          {value === "yes" ? t.issues.passed : t.issues.notPassed}
        </label>
      ))}
    </>
  );
}
