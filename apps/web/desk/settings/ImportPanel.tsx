import type { DocumentKind, Row } from "@linge/domain/settings/documents.ts";
import { useState } from "react";
import { settingsApi, type Preview } from "./api.ts";
import { Changes } from "./Changes.tsx";
import { Problems } from "./Problems.tsx";
import { useSettingsTexts } from "./texts.ts";

/** Takes a file of either form, and shows what it would change before anything does. */
export function ImportPanel({ kind, onTake }: { kind: DocumentKind; onTake: (rows: Row[]) => void }) {
  const { t } = useSettingsTexts();
  const [preview, setPreview] = useState<Preview>();
  const [problem, setProblem] = useState("");
  const read = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      setProblem("");
      const format = file.name.toLowerCase().endsWith(".json") ? "json" : "csv";
      setPreview(await settingsApi.preview(kind, format, await textOf(file)));
    } catch (error) {
      setPreview(undefined);
      setProblem((error as Error).message);
    }
  };
  return (
    <section className="panel" aria-label={t.import}>
      <p className="quiet">{t.importHint}</p>
      <input
        type="file"
        aria-label={t.file}
        accept=".csv,.json,text/csv,application/json"
        onChange={(event) => void read(event.target.files?.[0])}
      />
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {preview && (
        <>
          <Problems problems={preview.problems} />
          <Changes kind={kind} changes={preview.changes} />
          <button
            className="primary"
            disabled={preview.problems.length > 0 || preview.changes.length === 0}
            onClick={() => onTake(preview.document)}
          >
            {t.take}
          </button>
        </>
      )}
    </section>
  );
}

/** The words of a file: UTF-8, or the GBK that Excel writes where it is set to Chinese. */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}
