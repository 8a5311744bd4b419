import { documentKinds, type DocumentKind } from "@linge/domain/settings/documents.ts";
import { useState } from "react";
import { DocumentPage } from "./DocumentPage.tsx";
import "./settings.css";
import { useSettingsTexts } from "./texts.ts";

/** What a city decides for itself: each list a page, each save a version. */
export function Settings() {
  const { t } = useSettingsTexts();
  const [kind, setKind] = useState<DocumentKind>("categories");
  return (
    <main className="middle whole settings">
      <h2>{t.title}</h2>
      <div className="tabs" role="group" aria-label={t.title}>
        {documentKinds.map((each) => (
          <button key={each} aria-pressed={each === kind} onClick={() => setKind(each)}>
            {t.kinds[each]}
          </button>
        ))}
      </div>
      <DocumentPage key={kind} kind={kind} />
    </main>
  );
}
