import { privacyLabels } from "@linge/domain/privacy/labels.ts";
import { basisTexts, processingPurposes, processingTexts } from "@linge/domain/privacy/processing.ts";
import { useQuery } from "@tanstack/react-query";
import { privacy, type Processing } from "./api.ts";
import { usePrivacyTexts } from "./texts.ts";

/** The record of processing and the impact assessment, made from the schema. */
export function ProcessingPage() {
  const { t, language } = usePrivacyTexts();
  const words = t.processing;
  const found = useQuery({ queryKey: ["processing"], queryFn: privacy.processing });
  if (!found.data) return <p className="quiet">{found.isError ? found.error.message : "…"}</p>;
  const { tables, columns, personal, undeclared } = found.data;
  return (
    <>
      <p>
        {words.hint(tables, columns, personal.length)} <button onClick={() => window.print()}>{words.print}</button>
      </p>
      {undeclared.length > 0 && (
        <div className="problem" role="alert">
          <p>{words.undeclared}</p>
          <ul>
            {undeclared.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </div>
      )}
      {processingPurposes.map((purpose) => {
        const { name, necessity, risk, safeguards } = processingTexts[language][purpose];
        return (
          <section key={purpose}>
            <h3>{name}</h3>
            <dl className="facts">
              <dt>{words.necessity}</dt>
              <dd>{necessity}</dd>
              <dt>{words.risk}</dt>
              <dd>{risk}</dd>
              <dt>{words.safeguards}</dt>
              <dd>{safeguards}</dd>
            </dl>
            <Columns personal={personal.filter((each) => each.purpose === purpose)} name={name} />
          </section>
        );
      })}
    </>
  );
}

function Columns({ personal, name }: { personal: Processing["personal"]; name: string }) {
  const { t, language } = usePrivacyTexts();
  const words = t.processing;
  const keptText = ({ kept, days }: Processing["personal"][number]): string => {
    if (kept === "employment" || kept === "withRecord") return words[kept];
    return `${privacyLabels[language].retention[kept].name} · ${words.days(days!)}`;
  };
  return (
    <details>
      <summary>
        {words.columns} {personal.length}
      </summary>
      <div className="wide-table" tabIndex={0} role="region" aria-label={name}>
        <table>
          <thead>
            <tr>
              {[words.columns, words.whose, words.what, words.basis, words.kept].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {personal.map((each) => (
              <tr key={`${each.table}.${each.column}`}>
                <th scope="row">
                  <code>
                    {each.table}.{each.column}
                  </code>
                </th>
                <td>{words.of[each.of]}</td>
                <td>{each[language]}</td>
                <td>{basisTexts[language][each.basis]}</td>
                <td>{keptText(each)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
