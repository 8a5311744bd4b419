import { caseLabels } from "@linge/domain/case/labels.ts";
import type { FollowingCommand } from "@linge/domain/case/command.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, type BulkResult } from "./api.ts";
import { CommandForm } from "./CommandForm.tsx";
import { useTexts } from "./language.tsx";

const types: FollowingCommand["type"][] = [
  "file",
  "dispatch",
  "requestVerification",
  "redirect",
  "decline",
  "addInternalNote",
  "archive",
];

/** One command for many cases: what would happen is shown before it does. */
export function BulkBar({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const { t, language } = useTexts();
  const client = useQueryClient();
  const [type, setType] = useState<FollowingCommand["type"]>();
  const [command, setCommand] = useState<Record<string, unknown>>();
  const [results, setResults] = useState<BulkResult[]>();
  const [problem, setProblem] = useState("");
  const possible = results?.filter((result) => result.ok).map((result) => result.caseId) ?? [];
  const preview = async (made: Record<string, unknown>): Promise<void> => {
    try {
      setCommand(made);
      setResults((await api.bulk(true, ids, made)).results);
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const apply = async (): Promise<void> => {
    await api.bulk(false, possible, command!);
    await client.invalidateQueries();
    onDone();
  };
  return (
    <div className="bulk">
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
        <CommandForm type={type} submit={t.preview} onSubmit={preview} onCancel={() => setType(undefined)} />
      )}
      {results && (
        <p>
          {t.previewed(possible.length, results.length - possible.length)}{" "}
          <button className="primary" disabled={possible.length === 0} onClick={() => void apply()}>
            {t.apply(possible.length)}
          </button>
          <button onClick={onDone}>{t.cancel}</button>
        </p>
      )}
    </div>
  );
}
