import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Session } from "../api.ts";
import { insight } from "../insight/api.ts";
import { planning, type Assignment, type Figures, type PlanResult } from "./api.ts";
import { Drafts } from "./Drafts.tsx";
import "./planning.css";
import { PlanMap } from "./PlanMap.tsx";
import { usePlanningTexts } from "./texts.ts";

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The planning room: aims, plans side by side, one of them on the map and changed by hand, kept, shared, adopted. */
export function Planning({ session }: { session: Session }) {
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
  return (
    <main className="middle whole planning">
      <h2>{t.title}</h2>
      <p>{t.intro}</p>
      <label>
        {t.where}{" "}
        <select value={area} onChange={(event) => setArea(event.target.value)}>
          <option value="">{t.choose}</option>
          {townships.data?.map((each) => (
            <option key={each.code} value={each.code}>
              {each[language]}
            </option>
          ))}
        </select>
      </label>
      {area && <Workshop key={area} area={area} />}
      <Drafts admin={session.person!.grants.some(({ role }) => role === "cityAdmin")} />
    </main>
  );
}

function Workshop({ area }: { area: string }) {
  const { t } = usePlanningTexts();
  const client = useQueryClient();
  const today = useQuery({ queryKey: ["planning", area], queryFn: () => planning.today(area) });
  const [result, setResult] = useState<PlanResult>();
  const [busy, setBusy] = useState(false);
  const [assignment, setAssignment] = useState<Assignment>();
  const [figures, setFigures] = useState<Figures>();
  const [problem, setProblem] = useState("");
  if (today.isError)
    return (
      <p className="problem" role="alert">
        {today.error.message}
      </p>
    );
  if (!today.data) return <p className="quiet">…</p>;
  const { blocks } = today.data;
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setProblem("");
    try {
      await work();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const search = (form: FormData): Promise<void> =>
    attempt(async () => {
      setBusy(true);
      try {
        const found = await planning.search({
          area,
          k: Number(form.get("k")),
          tolerance: Number(form.get("tolerance")) / 100,
          objective: String(form.get("objective")),
        });
        setResult(found);
        setAssignment(found.plans[0]?.assignment);
        setFigures(found.plans[0]);
      } finally {
        setBusy(false);
      }
    });
  const move = (block: string, grid: string): Promise<void> =>
    attempt(async () => {
      const next = { ...assignment, [block]: grid };
      setAssignment(next);
      setFigures((await planning.measure(area, next)).figures);
    });
  const keep = (name: string): Promise<void> =>
    attempt(async () => {
      await planning.keep(area, name, assignment!);
      await client.invalidateQueries({ queryKey: ["drafts"] });
    });
  return (
    <>
      <p>{t.today(blocks.length, percent(today.data.figures.worstLoad))}</p>
      <p className="quiet">{t.work}</p>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void search(new FormData(event.currentTarget));
        }}
      >
        <label>
          {t.k}{" "}
          <input
            name="k"
            type="number"
            min={1}
            max={blocks.length}
            defaultValue={Math.max(1, Math.round(blocks.length * 0.7))}
            required
          />
        </label>
        <label>
          {t.tolerance} <input name="tolerance" type="number" min={1} max={100} defaultValue={50} required /> %
        </label>
        <label>
          {t.objective}{" "}
          <select name="objective" defaultValue="pareto">
            {Object.entries(t.objectives).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button className="primary" disabled={busy}>
          {busy ? t.searching : t.search}
        </button>
      </form>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {result?.obstacle && <p className="problem">{t.obstacle[result.obstacle.code]}</p>}
      {result && (
        <ul className="plans">
          {result.plans.map((plan, i) => (
            <li key={i}>
              <button
                aria-pressed={assignment === plan.assignment}
                onClick={() => (setAssignment(plan.assignment), setFigures(plan))}
              >
                <b>{t.kinds[plan.kind]}</b>
                <span>
                  {t.words(
                    plan.k,
                    plan.movedBlocks ?? 0,
                    percent(today.data.figures.worstLoad),
                    percent(plan.worstLoad),
                  )}
                </span>
                <span className="quiet">{plan.withinTolerance ? t.within : t.beyond}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {assignment && figures && (
        <div className="drawing">
          <PlanMap blocks={blocks} assignment={assignment} onMove={(block, grid) => void move(block, grid)} />
          <div>
            <p role="status">
              <b>
                {t.words(
                  figures.k,
                  figures.movedBlocks ?? 0,
                  percent(today.data.figures.worstLoad),
                  percent(figures.worstLoad),
                )}
              </b>
            </p>
            {!figures.contiguous && <p className="problem">{t.broken}</p>}
            <BlockTable blocks={blocks} assignment={assignment} onMove={(block, grid) => void move(block, grid)} />
            <form
              className="row"
              onSubmit={(event) => {
                event.preventDefault();
                void keep(String(new FormData(event.currentTarget).get("name")));
              }}
            >
              <label>
                {t.name} <input name="name" required maxLength={80} />
              </label>
              <button disabled={!figures.contiguous}>{t.keepDraft}</button>
            </form>
          </div>
        </div>
      )}
    </>
  );
}

/** The same as the map, for hands that do not drag. */
function BlockTable({
  blocks,
  assignment,
  onMove,
}: {
  blocks: { code: string; zh: string; en: string; community: string; workload: number }[];
  assignment: Assignment;
  onMove: (block: string, grid: string) => void;
}) {
  const { t, language } = usePlanningTexts();
  const groups = [...new Set(Object.values(assignment))];
  const communityOf = new Map(blocks.map(({ code, community }) => [assignment[code]!, community]));
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t.block}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.block}</th>
            <th scope="col">{t.load}</th>
            <th scope="col">{t.goesTo}</th>
          </tr>
        </thead>
        <tbody>
          {blocks.map((block) => (
            <tr key={block.code}>
              <th scope="row">{block[language]}</th>
              <td>{block.workload}</td>
              <td>
                <select
                  aria-label={`${block[language]} ${t.goesTo}`}
                  value={assignment[block.code]}
                  onChange={(event) => onMove(block.code, event.target.value)}
                >
                  {groups.map((group, i) =>
                    communityOf.get(group) === block.community ? (
                      <option key={group} value={group}>
                        {t.grid(i + 1)}
                      </option>
                    ) : null,
                  )}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
