import { dayText } from "../../ui/time.ts";
import type { PageOf } from "../model.ts";
import { portalTexts } from "../texts.ts";

/** Published reports that sound like the same thing: to be followed instead, if they are. */
export function Similar({ page }: { page: PageOf<"more"> }) {
  const t = portalTexts[page.language].more;
  if (page.similar.length === 0) return null;
  return (
    <aside className="card similar" aria-labelledby="similar">
      <p id="similar">
        <strong>{t.similar}</strong>
      </p>
      <ul>
        {page.similar.map((each) => (
          <li key={each.number}>
            <a href={`/cases/${each.number}`} target="_blank" rel="noreferrer">
              {each.text}
            </a>{" "}
            <span className="meta">{dayText(each.reportedAt, page.language)}</span>
          </li>
        ))}
      </ul>
      <p className="hint">{t.similarHint}</p>
    </aside>
  );
}
