import type { Question } from "@linge/domain/category/category.ts";
import type { Language, PageOf, Problem } from "../model.ts";
import { wrong } from "../shell.tsx";
import { portalTexts } from "../texts.ts";

type Asked = { questions: Question[]; language: Language; answers: Record<string, string>; problem?: Problem };

/** The questions of a category. */
export function Questions({ questions, language, answers, problem }: Asked) {
  const t = portalTexts[language].more;
  return questions.map((question) => {
    const id = `answer-${question.id}`;
    const label = `${question[language]}${question.required ? "" : t.optional}`;
    const given = answers[question.id] ?? "";
    if (question.kind === "yesNo" || question.kind === "choice") {
      const choices = question.choices ?? [
        { id: "yes", zh: t.yes, en: t.yes },
        { id: "no", zh: t.no, en: t.no },
      ];
      return (
        <fieldset key={id} id={id} {...wrong(problem, id)}>
          <legend>{label}</legend>
          {choices.map((choice) => (
            <label key={choice.id} className="choice">
              <input
                type="radio"
                name={id}
                value={choice.id}
                required={question.required}
                defaultChecked={given === choice.id}
              />
              {choice[language]}
            </label>
          ))}
        </fieldset>
      );
    }
    return (
      <div key={id}>
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          type={question.kind === "number" ? "number" : "text"}
          name={id}
          min={question.kind === "number" ? 0 : undefined}
          required={question.required}
          defaultValue={given}
          {...wrong(problem, id)}
        />
      </div>
    );
  });
}

/** Which kind of thing it is: suggested from the words, or chosen from all; and what is asked about that kind. */
export function CategoryPart({ page }: { page: PageOf<"more"> }) {
  const t = portalTexts[page.language];
  const { draft, problem } = page;
  return (
    <div data-category="/report/questions">
      <fieldset id="categoryId">
        <legend>{t.more.category}</legend>
        {page.suggested.map((option) => (
          <label key={option.value} className="choice">
            <input
              type="radio"
              name="categoryId"
              value={option.value}
              defaultChecked={option.value === draft.categoryId}
            />
            {option.label}
          </label>
        ))}
      </fieldset>
      <details className="rest">
        <summary>{t.more.all}</summary>
        <label htmlFor="otherCategory" className="visually-hidden">
          {t.more.all}
        </label>
        <select id="otherCategory" name="otherCategory" defaultValue="">
          <option value="">{t.where.choose}</option>
          {page.categories.map((group) => (
            <optgroup key={group.family} label={group.family}>
              {group.options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <noscript>
          <button className="button second" formAction="/report/back?to=more" formNoValidate>
            {t.more.show}
          </button>
        </noscript>
      </details>
      <div data-questions>
        <Questions questions={page.questions} language={page.language} answers={draft.answers} problem={problem} />
      </div>
    </div>
  );
}
