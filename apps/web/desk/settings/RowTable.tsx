import type { DocumentKind, Row } from "@linge/domain/settings/documents.ts";
import { useState } from "react";
import { useSummary } from "./summary.ts";
import { useSettingsTexts } from "./texts.ts";

type Props = {
  kind: DocumentKind;
  rows: Row[];
  at?: number;
  changed: ReadonlySet<string>;
  wrong: ReadonlySet<number>;
  onRow: (at: number) => void;
  onMove?: (from: number, by: number) => void;
};

/** The rows of a document at a glance; one is opened to be changed, and moved where the order decides. */
export function RowTable({ kind, rows, at, changed, wrong, onRow, onMove }: Props) {
  const { t } = useSettingsTexts();
  const summary = useSummary(kind);
  const [words, setWords] = useState("");
  const lines = rows
    .map((row, i) => ({ row, i, cells: summary.cells(row) }))
    .filter(({ row, cells }) => !words || `${row.id} ${cells.join(" ")}`.toLowerCase().includes(words.toLowerCase()));
  return (
    <div className="row-table">
      {rows.length > 15 && (
        <input
          type="search"
          aria-label={t.find}
          placeholder={t.find}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      )}
      {rows.length === 0 && <p className="empty">{t.empty[kind]}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">#</th>
            {summary.heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
            {onMove && <th scope="col">{t.order}</th>}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ row, i, cells }) => (
            <tr
              key={i}
              className={[i === at && "at", changed.has(row.id) && "changed", wrong.has(i) && "wrong"]
                .filter(Boolean)
                .join(" ")}
            >
              <td>{i + 1}</td>
              {cells.map((cell, column) => (
                <td key={summary.heads[column]}>
                  {column === 0 ? (
                    <button className="link" aria-current={i === at} onClick={() => onRow(i)}>
                      {cell || t.unnamed}
                    </button>
                  ) : (
                    cell
                  )}
                </td>
              ))}
              {onMove && (
                <td className="moves">
                  <button aria-label={t.up(i + 1)} disabled={i === 0} onClick={() => onMove(i, -1)}>
                    ↑
                  </button>
                  <button aria-label={t.down(i + 1)} disabled={i === rows.length - 1} onClick={() => onMove(i, 1)}>
                    ↓
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
