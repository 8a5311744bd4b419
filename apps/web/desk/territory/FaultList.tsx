import type { Faults } from "./api.ts";
import { useTerritoryTexts } from "./texts.ts";

/** Every fault with its kind, what is wrong, where it is and how large. */
export function FaultList({ found }: { found: Faults }) {
  const { t, language } = useTerritoryTexts();
  if (found.count === 0) return <p className="good">{t.noFaults}</p>;
  return (
    <>
      <p className="bad">{t.faults(found.count)}</p>
      <ul className="faults">
        {found.faults.map((fault, i) => (
          <li key={i}>
            <b>{t.kinds[fault.kind]}</b> {fault[language]}{" "}
            <span className="quiet">
              {fault.codes.join(" ")}
              {fault.at && ` · ${fault.at.map((degrees) => degrees.toFixed(5)).join(", ")}`}
              {fault.area !== undefined && ` · ${t.size(Math.round(fault.area).toLocaleString("en"))}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
