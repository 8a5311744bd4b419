import type { Category, Question } from "@linge/domain/category/category.ts";
import { useTexts } from "./use.tsx";

type Props = {
  category: Category;
  values: Record<string, string>;
  onAnswer: (id: string, value: string) => void;
};

/** What a category asks, as its present version asks it. */
export function Questions({ category, values, onAnswer }: Props) {
  const { language } = useTexts();
  return (
    <>
      {category.questions.map((question) => (
        <label key={question.id}>
          {question[language]}
          <Answer
            question={question}
            value={values[`answer.${question.id}`] ?? ""}
            onAnswer={(value) => onAnswer(question.id, value)}
          />
        </label>
      ))}
    </>
  );
}

type AnswerProps = { question: Question; value: string; onAnswer: (value: string) => void };

function Answer({ question: { kind, required, choices }, value, onAnswer }: AnswerProps) {
  const { t, language } = useTexts();
  const change = (event: { target: { value: string } }): void => onAnswer(event.target.value);
  if (kind === "text") return <input maxLength={500} required={required} value={value} onChange={change} />;
  if (kind === "number") return <input type="number" required={required} value={value} onChange={change} />;
  const options =
    kind === "choice"
      ? (choices ?? []).map((choice) => [choice.id, choice[language]])
      : [
          ["yes", t.report.yes],
          ["no", t.report.no],
        ];
  return (
    <select required={required} value={value} onChange={change}>
      <option value="" />
      {options.map(([id, words]) => (
        <option key={id} value={id}>
          {words}
        </option>
      ))}
    </select>
  );
}
