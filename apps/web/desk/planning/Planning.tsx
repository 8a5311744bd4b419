import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Session } from "../api.ts";
import { insight } from "../insight/api.ts";
import { Drafts } from "./Drafts.tsx";
import { Handovers } from "./Handovers.tsx";
import "./planning.css";
import { usePlanningTexts } from "./texts.ts";
import { Workshop } from "./Workshop.tsx";

/** The planning room: today's loads, aims, plans side by side, a drawing board, and what became of plans that were kept. */
export function Planning({ session }: { session: Session }) {
  const { t } = usePlanningTexts();
  const grants = session.person!.grants;
  const planner = grants.some(({ role }) => role === "gridLeader" || role === "cityAdmin");
  return (
    <main className="middle whole planning">
      <h2>{t.title}</h2>
      <p>{t.intro}</p>
      {planner && <AreaChoice session={session} />}
      <Drafts admin={grants.some(({ role }) => role === "cityAdmin")} planner={planner} />
      <Handovers />
    </main>
  );
}

function AreaChoice({ session }: { session: Session }) {
  const { t, language } = usePlanningTexts();
  const [area, setArea] = useState("");
  const counties = useQuery({
    queryKey: ["areas", session.city.code],
    queryFn: () => insight.areas(session.city.code),
  });
  const townships = useQuery({
    queryKey: ["townships", session.city.code],
    enabled: counties.data !== undefined,
    queryFn: async () => {
      const lists = await Promise.all(counties.data!.areas.map(({ code }) => insight.areas(code)));
      return lists.flatMap(({ areas }) => areas);
    },
  });
  // A leader of one township need not look for it.
  const own = session.person!.grants.flatMap((grant) => (grant.area ? [grant.area] : []));
  const kept = townships.data?.filter(({ code }) => own.some((each) => code.startsWith(each.replace(/(000)+$/, ""))));
  const chosen = area || (kept?.length === 1 ? kept[0]!.code : "");
  return (
    <>
      <label>
        {t.where}{" "}
        <select value={chosen} onChange={(event) => setArea(event.target.value)}>
          <option value="">{t.choose}</option>
          {kept?.map((each) => (
            <option key={each.code} value={each.code}>
              {each[language]}
            </option>
          ))}
        </select>
      </label>
      {chosen && <Workshop key={chosen} area={chosen} />}
    </>
  );
}
