import { explainProblem, type RowProblem } from "@linge/domain/settings/problem.ts";
import { useSettingsTexts } from "./texts.ts";

type Props = { problems: RowProblem[]; onRow?: (row: number) => void };

/** What is wrong, row by row; each leads to its row. */
export function Problems({ problems, onRow }: Props) {
  const { t, language } = useSettingsTexts();
  if (problems.length === 0) return null;
  return (
    <div className="problem" role="alert">
      <strong>{t.problems(problems.length)}</strong>
      <ul className="plain">
        {problems.slice(0, 20).map((problem) => {
          const words = explainProblem(problem, language);
          return (
            <li key={words}>
              {onRow ? (
                <button className="link" onClick={() => onRow(problem.row)}>
                  {words}
                </button>
              ) : (
                words
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
