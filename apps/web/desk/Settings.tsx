import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "./api.ts";
import { useTexts } from "./language.tsx";

const kinds = ["categories", "routing-rules", "calendars", "templates"];

/** The documents of a city: read, changed and saved as a new version; rules are tried on past cases first. */
export function Settings() {
  const { t } = useTexts();
  const client = useQueryClient();
  const [kind, setKind] = useState("routing-rules");
  const [text, setText] = useState<string>();
  const [said, setSaid] = useState("");
  const found = useQuery({ queryKey: ["settings", kind], queryFn: () => api.settings(kind) });
  const shown = text ?? (found.data ? JSON.stringify(found.data.document, null, 2) : "");
  const attempt = async (act: (document: unknown[]) => Promise<string>): Promise<void> => {
    try {
      setSaid(await act(JSON.parse(shown) as unknown[]));
    } catch (error) {
      setSaid(error instanceof SyntaxError ? t.invalidJson : (error as Error).message);
    }
  };
  const save = (): Promise<void> =>
    attempt(async (document) => {
      await api.saveSettings(kind, found.data!.version, document);
      setText(undefined);
      await client.invalidateQueries();
      return t.saved;
    });
  const dryRun = (): Promise<void> =>
    attempt(async (document) => {
      const { tried, changed } = await api.dryRun(document);
      return `${t.dryRunResult(tried, changed.length)} ${changed
        .slice(0, 8)
        .map((each) => `${each.number}: ${each.before ?? "–"} → ${each.after ?? "–"}`)
        .join("; ")}`;
    });
  return (
    <main className="middle whole">
      <h2>{t.settings}</h2>
      <div className="buttons">
        {kinds.map((each) => (
          <button
            key={each}
            aria-current={each === kind}
            onClick={() => (setKind(each), setText(undefined), setSaid(""))}
          >
            {t.documents[each]}
          </button>
        ))}
      </div>
      <p className="quiet">{found.data && t.version(found.data.version)}</p>
      {said && <p role="status">{said}</p>}
      <textarea
        className="document"
        aria-label={t.documents[kind]}
        value={shown}
        onChange={(event) => setText(event.target.value)}
        spellCheck={false}
      />
      <div className="buttons">
        <button className="primary" disabled={text === undefined} onClick={() => void save()}>
          {t.save}
        </button>
        {kind === "routing-rules" && <button onClick={() => void dryRun()}>{t.dryRun}</button>}
      </div>
    </main>
  );
}
