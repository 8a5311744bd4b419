import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Session } from "../api.ts";
import { insight } from "./api.ts";
import { useNames } from "./names.ts";
import { ResidentsForm } from "./ResidentsForm.tsx";
import { SummaryView } from "./SummaryView.tsx";
import { useInsightTexts } from "./texts.ts";
import { Problem, Waiting } from "./Waiting.tsx";

const lengths = [7, 14, 28, 91];

/** This period beside the last and beside the same season, with intervals where numbers allow a word. */
export function Comparison({ session }: { session: Session }) {
  const { city } = session;
  const { t, language } = useInsightTexts();
  const [days, setDays] = useState(28);
  const [within, setWithin] = useState(city.code);
  const counties = useQuery({ queryKey: ["areas", city.code], queryFn: () => insight.areas(city.code) });
  const found = useQuery({ queryKey: ["comparison", within, days], queryFn: () => insight.comparison(within, days) });
  const nameOf = useNames(city, within);
  const words = t.comparison;
  return (
    <>
      <p className="row">
        <label>
          {words.within}{" "}
          <select value={within} onChange={(event) => setWithin(event.target.value)}>
            <option value={city.code}>{city[language]}</option>
            {counties.data?.areas.map((area) => (
              <option key={area.code} value={area.code}>
                {area[language]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.period}{" "}
          <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {lengths.map((length) => (
              <option key={length} value={length}>
                {words.recent(length)}
              </option>
            ))}
          </select>
        </label>
        <a href={`/api/insight/comparison.csv?days=${days}&within=${within}`} download>
          {words.csv}
        </a>
        <button onClick={() => window.print()}>{words.print}</button>
      </p>
      {found.isError && <Problem error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Waiting />}
      {found.data && <SummaryView summary={found.data} nameOf={nameOf} />}
      {session.person!.grants.some(({ role }) => role === "cityAdmin") && <ResidentsForm />}
    </>
  );
}
