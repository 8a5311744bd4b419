import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import { momentText } from "../../ui/time.ts";
import type { ListedLook } from "./api.ts";
import { usePrivacyTexts } from "./texts.ts";

/** Looks as a table: when, who, which case, why. */
export function LookTable({ looks, caption }: { looks: readonly ListedLook[]; caption: string }) {
  const { t, language } = usePrivacyTexts();
  const labels = privacyLabels[language];
  const roles: Record<string, string> = labels.role;
  return (
    <div className="wide-table" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <thead>
          <tr>
            {[t.looks.when, t.looks.who, t.looks.what, t.looks.why].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {looks.map((look) => (
            <tr key={look.id} id={`look-${look.id}`}>
              <td>{momentText(look.at, language)}</td>
              <td>
                {look.person} {roles[look.role] && <span className="quiet">{roles[look.role]}</span>}
              </td>
              <td>{look.number}</td>
              <td>
                {look.refused && <span className="mark">{t.looks.refused}</span>} {labels.purpose[look.purpose]}
                {look.note && `：${look.note}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
