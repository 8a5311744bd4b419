import type { FollowingCommand } from "@linge/domain/case/command.ts";
import type { CaseRecord } from "@linge/domain/case/record.ts";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { dayText } from "../ui/time.ts";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";
import { useCategories } from "./names.ts";

type Props = {
  name: string;
  label: string;
  type: FollowingCommand["type"];
  record?: CaseRecord;
  required: boolean;
  first?: string;
};

/** Words that reach people: these forms offer what the city has prepared. */
const offering: ReadonlySet<FollowingCommand["type"]> = new Set([
  "respond",
  "contact",
  "inform",
  "decline",
  "redirect",
  "object",
  "requestExtension",
  "requestSuspension",
]);

/** A text of several lines, begun from a reply template where one fits. */
export function WordsField({ name, label, type, record, required, first }: Props) {
  const { t, language } = useTexts();
  const { nameOf } = useCategories();
  const area = useRef<HTMLTextAreaElement>(null);
  const offers = offering.has(type);
  const found = useQuery({ queryKey: ["templates"], queryFn: api.templates, staleTime: 600_000, enabled: offers });
  const templates = found.data?.templates.filter((template) => !template.for || template.for.includes(type)) ?? [];
  const insert = (id: string): void => {
    const template = templates.find((each) => each.id === id);
    if (!template || !area.current) return;
    const known: Record<string, string> = record
      ? { number: record.number, due: dayText(record.dueAt, "zh"), category: nameOf(record.categoryId) }
      : {};
    const text = template.text.replace(/\{(\w+)\}/g, (whole, key: string) => known[key] ?? whole);
    area.current.value = [area.current.value.trim(), text].filter(Boolean).join("\n");
    area.current.focus();
  };
  return (
    <div className="words">
      {offers && templates.length > 0 && (
        <select aria-label={t.template} value="" onChange={(event) => insert(event.target.value)}>
          <option value="">{t.template}</option>
          {templates.map((template) => (
            <option key={template.id} value={template.id}>
              {template[language]}
            </option>
          ))}
        </select>
      )}
      <textarea
        ref={area}
        name={name}
        aria-label={label}
        required={required}
        maxLength={name === "answer" || name === "text" ? 4000 : 1000}
        defaultValue={first}
      />
    </div>
  );
}
