import { compareDocuments, type RowChange } from "@linge/domain/settings/compare.ts";
import type { DocumentKind, Row } from "@linge/domain/settings/documents.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { settingsApi, type RowProblem, type Saved } from "./api.ts";

export type Draft = {
  saved?: Saved;
  rows: Row[];
  changes: RowChange[];
  problems: RowProblem[];
  failed?: string;
  put: (rows: Row[]) => void;
  discard: () => void;
  /** Saves a new version. Refuses by throwing; the words are shown. */
  save: (note: string) => Promise<void>;
};

/** A document with what somebody is changing in it; the server says what is wrong shortly after he pauses. */
export function useDocument(kind: DocumentKind): Draft {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Row[]>();
  const [problems, setProblems] = useState<RowProblem[]>([]);
  const found = useQuery({ queryKey: ["settings", kind], queryFn: () => settingsApi.read(kind) });
  const saved = found.data;
  useEffect(() => {
    if (!draft) return setProblems([]);
    const timer = setTimeout(() => {
      settingsApi.check(kind, draft).then(
        ({ problems: all }) => setProblems(all),
        () => {},
      );
    }, 500);
    return () => clearTimeout(timer);
  }, [kind, draft]);
  const changes = draft && saved ? compareDocuments(kind, saved.document as never, draft as never) : [];
  return {
    saved,
    rows: draft ?? saved?.document ?? [],
    changes,
    problems,
    failed: found.isError ? found.error.message : undefined,
    put: setDraft,
    discard: () => setDraft(undefined),
    async save(note) {
      await settingsApi.save(kind, saved!.version, draft!, note);
      setDraft(undefined);
      await client.invalidateQueries();
    },
  };
}
