import { caseLabels } from "@linge/domain/case/labels.ts";
import type { FollowingCommand } from "@linge/domain/case/command.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { useQuery } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { api, type CaseView } from "./api.ts";
import { commandFields, mayBeEmpty, readCommand, type FieldKind } from "./commands.ts";
import { useTexts } from "./language.tsx";

type Context = { record?: CaseRecord; routing?: CaseView["routing"] };
type FieldProps = Context & { name: string; kind: FieldKind; required: boolean };

function UnitSelect({ name, routing, required }: FieldProps) {
  const { language } = useTexts();
  const units = useQuery({ queryKey: ["units"], queryFn: api.units, staleTime: 600_000 });
  const suggested = name === "lead" ? routing?.lead : name === "assist" ? routing?.assist[0] : undefined;
  return (
    <select
      name={name}
      required={required}
      multiple={name === "units"}
      defaultValue={name === "units" ? [] : (suggested ?? "")}
      key={`${units.status}${suggested}`}
    >
      {name !== "units" && <option value="" />}
      {units.data?.units.map((unit) => (
        <option key={unit.id} value={unit.id}>
          {unit[language]}
        </option>
      ))}
    </select>
  );
}

function CategorySelect({ name }: FieldProps) {
  const { language } = useTexts();
  const categories = useQuery({ queryKey: ["categories"], queryFn: api.categories, staleTime: 600_000 });
  return (
    <select name={name} required>
      {categories.data?.categories.map((category) => (
        <option key={category.id} value={category.id}>
          {category[language]}
        </option>
      ))}
    </select>
  );
}

function Field(props: FieldProps) {
  const { t, language } = useTexts();
  const units = useQuery({ queryKey: ["units"], queryFn: api.units, staleTime: 600_000 });
  const unitName = (id: string): string => units.data?.units.find((unit) => unit.id === id)?.[language] ?? id;
  const { name, kind, record, required } = props;
  switch (kind) {
    case "unit":
    case "optionalUnit":
      return <UnitSelect {...props} required={required && kind === "unit"} />;
    case "category":
      return <CategorySelect {...props} />;
    case "yesNo":
      return (
        <select name={name} required defaultValue="">
          <option value="" />
          <option value="yes">{t.yes}</option>
          <option value="no">{t.no}</option>
        </select>
      );
    case "level":
      return (
        <select name={name} required defaultValue="">
          <option value="" />
          {t.levels.map((level, i) => (
            <option key={level} value={i + 1}>
              {level}
            </option>
          ))}
        </select>
      );
    case "order":
      return (
        <select name={name} required>
          {record?.orders
            .filter((order) =>
              [order.objection, order.extension, order.suspension].some((petition) => petition && !petition.decided),
            )
            .map((order) => (
              <option key={order.id} value={order.id}>
                {unitName(order.unitId)}
              </option>
            ))}
        </select>
      );
    case "call":
      return (
        <select name={name} required>
          {record?.whistleCalls.map((call) => (
            <option key={call.id} value={call.id}>
              {call.place}
            </option>
          ))}
        </select>
      );
    case "time":
      return <input name={name} type="datetime-local" required />;
    case "long":
      return (
        <textarea
          name={name}
          required={required}
          maxLength={1000}
          defaultValue={name === "text" && record && !record.published ? "" : undefined}
        />
      );
    default:
      return <input name={name} required={required} maxLength={200} />;
  }
}

type Props = Context & {
  type: FollowingCommand["type"];
  submit: string;
  onSubmit: (command: Record<string, unknown>) => Promise<void>;
  onCancel: () => void;
};

/** The form of a command: its fields, a verb, a way back. */
export function CommandForm({ type, submit, record, routing, onSubmit, onCancel }: Props) {
  const { t, language } = useTexts();
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void onSubmit(readCommand(type, new FormData(event.currentTarget)));
  };
  return (
    <form className="command" onSubmit={send} aria-label={caseLabels[language].command[type]}>
      <h3>{caseLabels[language].command[type]}</h3>
      {Object.entries(commandFields[type] ?? {}).map(([name, kind]) => (
        <label key={name}>
          {t.field[name]}
          <Field name={name} kind={kind} record={record} routing={routing} required={!mayBeEmpty(type, name)} />
        </label>
      ))}
      <div className="buttons">
        <button className="primary">{submit}</button>
        <button type="button" onClick={onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
