import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { territoryApi, type AreaRow, type Detail } from "./api.ts";
import { useTerritoryTexts } from "./texts.ts";

const AreaMap = lazy(() => import("./AreaMap.tsx"));
const drawn: readonly string[] = ["county", "township", "community", "grid"];

/** One part of the territory: what it is, who looks after it, who is attached, and what it was before. */
export function AreaPage({ area }: { area: AreaRow }) {
  const { t, language } = useTerritoryTexts();
  const found = useQuery({ queryKey: ["area", area.code], queryFn: () => territoryApi.detail(area.code) });
  const nature = [
    t.levels[area.level],
    area.focus && t.focus[area.focus],
    area.kind && t.kind[area.kind],
    area.vessels && t.maritime(area.vessels),
  ].filter(Boolean);
  return (
    <article aria-label={area[language]}>
      <h3>{area[language]}</h3>
      <p>
        <code>{area.code}</code> · {nature.join(" · ")}
      </p>
      {drawn.includes(area.level) && !area.vessels && (
        <Suspense fallback={<p className="quiet">…</p>}>
          <AreaMap key={area.code} code={area.code} level={area.level} />
        </Suspense>
      )}
      {found.data && <Facts detail={found.data} />}
    </article>
  );
}

function Facts({ detail }: { detail: Detail }) {
  const { t, language } = useTerritoryTexts();
  const { staffing, organisations, vessels, versions } = detail;
  return (
    <>
      {staffing && <Staffing staffing={staffing} />}
      {vessels.length > 0 && (
        <>
          <h4>{t.vessels}</h4>
          <p>
            {vessels.map(({ name, homePort }) => (homePort ? `${name}（${t.homePort(homePort)}）` : name)).join("、")}
          </p>
        </>
      )}
      <h4>{t.organisations}</h4>
      {organisations.length === 0 && <p className="quiet">{t.noOrganisations}</p>}
      <ul>
        {organisations.map((each) => (
          <li key={each.id}>
            {each[language]} <span className="quiet">{t.organisationKinds[each.kind] ?? each.kind}</span>
            {each.synthetic && <span className="quiet"> · {t.synthetic}</span>}
          </li>
        ))}
      </ul>
      <h4>{t.versions}</h4>
      <ol className="versions">
        {versions.map((version) => (
          <li key={version.id}>
            <b>{version[language]}</b> {t.from(version.validFrom)}{" "}
            {version.validTo ? t.until(version.validTo) : <span className="good">{t.inForce}</span>}
            {version.from.length > 0 && (
              <span className="quiet">
                {" "}
                · {t.cameFrom(version.from.map(({ zh, code }) => `${zh} ${code}`).join("、"))}
              </span>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function Staffing({ staffing: { wanted, present } }: { staffing: NonNullable<Detail["staffing"]> }) {
  const { t } = useTerritoryTexts();
  const missing = Math.max(0, wanted.leaders - present.leaders) + Math.max(0, wanted.workers - present.workers);
  return (
    <>
      <h4>{t.staffing}</h4>
      <p>
        {t.wanted(wanted.leaders, wanted.workers)}；{t.present(present.leaders, present.workers)}。{" "}
        <b className={missing ? "lamp" : "good"}>{missing ? t.missing(missing) : t.enough}</b>
      </p>
    </>
  );
}
