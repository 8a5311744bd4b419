import type { DocumentKind, Row } from "@linge/domain/settings/documents.ts";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { momentText } from "../../ui/time.ts";
import { settingsApi } from "./api.ts";
import { Changes } from "./Changes.tsx";
import { useSettingsTexts } from "./texts.ts";

type Props = { kind: DocumentKind; current: number; onTake: (rows: Row[]) => void };

/** Every version that was saved: when, by whom, why; what putting one back would change. */
export function History({ kind, current, onTake }: Props) {
  const { t, language } = useSettingsTexts();
  const [shown, setShown] = useState<number>();
  const list = useQuery({ queryKey: ["versions", kind], queryFn: () => settingsApi.versions(kind) });
  const old = useQuery({
    queryKey: ["versions", kind, shown],
    queryFn: () => settingsApi.version(kind, shown!),
    enabled: shown !== undefined,
  });
  return (
    <section className="panel" aria-label={t.history}>
      <ul className="plain">
        {list.data?.versions.map(({ version, savedAt, savedBy, note }) => (
          <li key={version}>
            <button className="link" aria-expanded={shown === version} onClick={() => setShown(version)}>
              {t.versionName(version)}
            </button>{" "}
            {momentText(savedAt, language)} · {savedBy ?? t.atFirst}
            {note && <span className="quiet"> · {note}</span>}
            {version === current && <strong> · {t.now}</strong>}
          </li>
        ))}
      </ul>
      {shown !== undefined && old.data && (
        <>
          <h3>{t.restoring(shown)}</h3>
          <Changes kind={kind} changes={old.data.changes} />
          <button disabled={old.data.changes.length === 0} onClick={() => onTake(old.data.document)}>
            {t.restore}
          </button>
        </>
      )}
    </section>
  );
}
