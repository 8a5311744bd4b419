import { columns } from "@linge/domain/settings/columns.ts";
import type { RowChange } from "@linge/domain/settings/compare.ts";
import type { DocumentKind } from "@linge/domain/settings/documents.ts";
import { useSettingsTexts } from "./texts.ts";

const shown = 200;

/** What changes from one version to another, field by field, before and after. */
export function Changes({ kind, changes }: { kind: DocumentKind; changes: RowChange[] }) {
  const { t, language } = useSettingsTexts();
  const nameOf = (path: string): string => columns[kind].find((column) => column.path === path)?.[language] ?? t.order;
  if (changes.length === 0) return <p className="quiet">{t.nothingChanges}</p>;
  return (
    <table className="changes">
      <thead>
        <tr>
          <th scope="col">{t.row}</th>
          <th scope="col">{t.field}</th>
          <th scope="col">{t.before}</th>
          <th scope="col">{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.slice(0, shown).flatMap((change) =>
          change.fields.map((field, i) => (
            <tr key={`${change.what}${change.id}${field.path}`}>
              {i === 0 && (
                <th scope="row" rowSpan={change.fields.length}>
                  {change.id} <span className={`what ${change.what}`}>{t.what[change.what]}</span>
                </th>
              )}
              <td>{nameOf(field.path)}</td>
              <td className="was">{field.before}</td>
              <td className="is">{field.after}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}
