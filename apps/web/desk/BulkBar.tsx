import { caseLabels } from "@linge/domain/case/labels.ts";
import { explain } from "@linge/domain/error/catalogue.ts";
import type { FollowingCommand } from "@linge/domain/case/command.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type BulkResult, type CaseRow } from "./api.ts";
import { caseIdOf } from "./caseId.ts";
import { CommandForm } from "./CommandForm.tsx";
import { useTexts } from "./language.tsx";

type Type = FollowingCommand["type"];
const types: Type[] = [
  "file",
  "dispatch",
  "mergeInto",
  "requestVerification",
  "redirect",
  "decline",
  "correctCategory",
  "accept",
  "addInternalNote",
  "archive",
];
/** What can be taken back together within ten minutes. */
const undoable: ReadonlySet<Type> = new Set(["file", "dispatch", "redirect", "decline"]);

/** The case that was there first: others are usually merged into it. */
function firstReported(items: CaseRow[]): string | undefined {
  return items.toSorted((a, b) => a.reportedAt.localeCompare(b.reportedAt))[0]?.number;
}

type Props = { ids: string[]; items: CaseRow[]; onDone: () => void };

/** One command for many cases: what would happen to each is shown before it does, and a slip is taken back together. */
export function BulkBar({ ids, items, onDone }: Props) {
  const { t, language } = useTexts();
  const client = useQueryClient();
  const [type, setType] = useState<Type>();
  const [command, setCommand] = useState<Record<string, unknown>>();
  const [results, setResults] = useState<BulkResult[]>();
  const [done, setDone] = useState<string[]>();
  const [problem, setProblem] = useState("");
  const possible = results?.filter((result) => result.ok).map((result) => result.caseId) ?? [];
  const refused = results?.filter((result) => !result.ok) ?? [];
  const numberOf = (id: string): string => items.find((item) => item.id === id)?.number ?? id;
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    try {
      setProblem("");
      await act();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const preview = (made: Record<string, unknown>): Promise<void> =>
    attempt(async () => {
      if (made.type === "mergeInto") made.parentId = await caseIdOf(String(made.parentId));
      setCommand(made);
      setResults((await api.bulk(true, ids, made)).results);
    });
  const apply = (): Promise<void> =>
    attempt(async () => {
      const { results: applied } = await api.bulk(false, possible, command!);
      setDone(applied.filter((result) => result.ok).map((result) => result.caseId));
      await client.invalidateQueries();
    });
  const undo = (): Promise<void> =>
    attempt(async () => {
      await api.bulk(false, done!, { type: "undo", id: crypto.randomUUID() });
      await client.invalidateQueries();
      onDone();
    });
  return (
    <div className="bulk" role="region" aria-label={t.bulk}>
      <strong>{t.selected(ids.length)}</strong>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {!type &&
        types.map((each) => (
          <button key={each} onClick={() => setType(each)}>
            {caseLabels[language].command[each]}
          </button>
        ))}
      {type && !results && (
        <CommandForm
          type={type}
          submit={t.preview}
          parent={firstReported(items.filter((item) => ids.includes(item.id)))}
          onSubmit={preview}
          onCancel={() => setType(undefined)}
        />
      )}
      {results && !done && (
        <div className="previewed">
          <p>
            <strong>{t.previewed(possible.length, refused.length)}</strong>
          </p>
          {refused.length > 0 && (
            <ul className="plain">
              {refused.map(({ caseId, error }) => (
                <li key={caseId}>
                  <span className="number">{numberOf(caseId)}</span> {error && explain(error, language)}
                </li>
              ))}
            </ul>
          )}
          <button className="primary" disabled={possible.length === 0} onClick={() => void apply()}>
            {t.apply(possible.length)}
          </button>
          <button onClick={() => setResults(undefined)}>{t.cancel}</button>
        </div>
      )}
      {done && (
        <p role="status">
          {t.applied(done.length)}{" "}
          {type && undoable.has(type) && done.length > 0 && (
            <button onClick={() => void undo()}>{t.undoThese(done.length)}</button>
          )}
          <button onClick={onDone}>{t.close}</button>
        </p>
      )}
    </div>
  );
}
