import type { Question } from "@linge/domain/category/category.ts";
import { useTexts } from "./language.tsx";

/** The questions of a category, as a clerk asks them on the telephone. */
export function QuestionFields({ questions }: { questions: Question[] }) {
  const { t, language } = useTexts();
  return questions.map((question) => {
    const name = `answer.${question.id}`;
    const { required } = question;
    return (
      <label key={question.id}>
        {question[language]}
        {question.kind === "choice" || question.kind === "yesNo" ? (
          <select name={name} required={required}>
            <option value="" />
            {question.kind === "yesNo" ? (
              <>
                <option value="true">{t.yes}</option>
                <option value="false">{t.no}</option>
              </>
            ) : (
              question.choices?.map((choice) => (
                <option key={choice.id} value={choice.id}>
                  {choice[language]}
                </option>
              ))
            )}
          </select>
        ) : (
          <input
            name={name}
            type={question.kind === "number" ? "number" : "text"}
            required={required}
            maxLength={500}
          />
        )}
      </label>
    );
  });
}

/** What was answered, by the questions' ids and in their kinds; what was left empty is left out. */
export function readAnswers(questions: Question[], form: FormData): Record<string, string | number | boolean> {
  const answers: Record<string, string | number | boolean> = {};
  for (const { id, kind } of questions) {
    const value = String(form.get(`answer.${id}`) ?? "").trim();
    if (!value) continue;
    answers[id] = kind === "number" ? Number(value) : kind === "yesNo" ? value === "true" : value;
  }
  return answers;
}
