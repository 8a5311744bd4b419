import type { Question } from "@linge/domain/category/category.ts";
import { NamesFields, SelectField, TextField, TickField } from "./fields.tsx";
import { useSettingsTexts } from "./texts.ts";

type Props = { questions: Question[]; onQuestions: (questions: Question[]) => void };

/** Choices, one a line: `id=中文=English`. */
const written = (choices: Question["choices"] = []): string =>
  choices.map(({ id, zh, en }) => [id, zh, en].join("=")).join("\n");
const read = (text: string): NonNullable<Question["choices"]> =>
  text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => {
      const [id = "", zh = id, en = zh] = line.split("=").map((part) => part.trim());
      return { id, zh, en };
    });

/** What is asked of whoever reports: in order, each with its kind, and whether it must be answered. */
export function QuestionsEditor({ questions, onQuestions }: Props) {
  const { t } = useSettingsTexts();
  const put = (at: number, question: Question): void =>
    onQuestions(questions.map((each, i) => (i === at ? question : each)));
  const add = (): void =>
    onQuestions([...questions, { id: `q${questions.length + 1}`, zh: "", en: "", kind: "text", required: false }]);
  return (
    <fieldset>
      <legend>{t.questions}</legend>
      {questions.map((question, i) => (
        <div key={i} className="question">
          <NamesFields row={question} onRow={(next) => put(i, next)} />
          <div className="pair">
            <SelectField
              label={t.questionKind}
              value={question.kind}
              options={Object.entries(t.questionKinds)}
              onValue={(kind) => {
                const { choices: _dropped, ...rest } = question;
                put(i, kind === "choice" ? { ...question, kind } : { ...rest, kind: kind as Question["kind"] });
              }}
            />
            <TickField
              label={t.mustAnswer}
              value={question.required}
              onValue={(required) => put(i, { ...question, required })}
            />
          </div>
          {question.kind === "choice" && (
            <ChoicesField choices={question.choices} onChoices={(choices) => put(i, { ...question, choices })} />
          )}
          <button type="button" className="link" onClick={() => onQuestions(questions.filter((_, each) => each !== i))}>
            {t.removeQuestion}
          </button>
        </div>
      ))}
      <button type="button" onClick={add}>
        ＋ {t.addQuestion}
      </button>
    </fieldset>
  );
}

function ChoicesField({
  choices,
  onChoices,
}: {
  choices?: Question["choices"];
  onChoices: (choices: NonNullable<Question["choices"]>) => void;
}) {
  const { t } = useSettingsTexts();
  return (
    <TextField
      long
      label={t.choices}
      hint={t.choicesHint}
      value={written(choices)}
      onValue={(text) => onChoices(read(text))}
    />
  );
}
