import type { DocumentKind, Row } from "@linge/domain/settings/documents.ts";
import type { RouteReason } from "@linge/domain/routing/route.ts";
import { useState } from "react";
import { dayText } from "../../ui/time.ts";
import { useTexts } from "../language.tsx";
import { useCategories, useUnits } from "../names.ts";
import { settingsApi, type DryRun } from "./api.ts";
import { useSettingsTexts } from "./texts.ts";

const amounts = [500, 2000, 5000];
type Side = DryRun["changed"][number]["before"];

/** Where past cases would go under what is being changed, beside where they go today. */
export function DryRunPanel({ kind, rows }: { kind: DocumentKind; rows: Row[] }) {
  const { t, language } = useSettingsTexts();
  const desk = useTexts().t;
  const { nameOf } = useUnits();
  const categories = useCategories();
  const [most, setMost] = useState(amounts[0]!);
  const [found, setFound] = useState<DryRun>();
  const [problem, setProblem] = useState("");
  const run = async (): Promise<void> => {
    try {
      setProblem("");
      setFound(await settingsApi.dryRun(kind, rows, most));
    } catch (error) {
      setFound(undefined);
      setProblem((error as Error).message);
    }
  };
  const units = ({ lead, assist }: Side): string =>
    [lead ? nameOf(lead) : desk.nobody, ...assist.map((id) => `${desk.assist} ${nameOf(id)}`)].join(" · ");
  const why = (because: RouteReason[]): string =>
    because.map(({ code, params }) => desk.because[code]!(params.note || (params.id ?? ""))).join(" · ");
  return (
    <section className="panel" aria-label={t.dryRun}>
      <p className="quiet">{t.dryRunHint}</p>
      <label>
        {t.howMany}{" "}
        <select value={most} onChange={(event) => setMost(Number(event.target.value))}>
          {amounts.map((amount) => (
            <option key={amount}>{amount}</option>
          ))}
        </select>
      </label>{" "}
      <button className="primary" onClick={() => void run()}>
        {t.run}
      </button>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {found && (
        <>
          <p role="status">
            {t.dryRunSaid(found.tried, found.since ? dayText(found.since, language) : "–", found.total)}{" "}
            {found.unrouted > 0 && t.unrouted(found.unrouted)}
          </p>
          {found.changed.length > 0 && (
            <table className="changes">
              <thead>
                <tr>
                  <th scope="col">{t.case}</th>
                  <th scope="col">{desk.category}</th>
                  <th scope="col">{desk.area}</th>
                  <th scope="col">{t.before}</th>
                  <th scope="col">{t.after}</th>
                </tr>
              </thead>
              <tbody>
                {found.changed.map((row) => (
                  <tr key={row.number}>
                    <th scope="row">{row.number}</th>
                    <td>{categories.nameOf(row.categoryId)}</td>
                    <td>{row.area[language]}</td>
                    <td className="was">
                      {units(row.before)} <span className="quiet">({why(row.before.because)})</span>
                    </td>
                    <td className="is">
                      {units(row.after)} <span className="quiet">({why(row.after.because)})</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
    </section>
  );
}
