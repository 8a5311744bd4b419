import type { CaseRecord } from "@linge/domain/case/record.ts";
import { useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";

/** What the reporter answered to the questions of the category, each in words. */
export function Answers({ record }: { record: CaseRecord }) {
  const { t, language } = useTexts();
  const found = useQuery({ queryKey: ["categories"], queryFn: api.categories, staleTime: 600_000 });
  const questions = found.data?.categories.find(({ id }) => id === record.categoryId)?.questions ?? [];
  const said = (id: string, answer: string | number | boolean): string => {
    const choice = questions.find((question) => question.id === id)?.choices?.find((each) => each.id === answer);
    if (choice) return choice[language];
    if (answer === true || answer === "true") return t.yes;
    return answer === false || answer === "false" ? t.no : String(answer);
  };
  return Object.entries(record.answers).map(([id, answer]) => [
    <dt key={`${id}?`}>{questions.find((question) => question.id === id)?.[language] ?? id}</dt>,
    <dd key={id}>{said(id, answer)}</dd>,
  ]);
}
