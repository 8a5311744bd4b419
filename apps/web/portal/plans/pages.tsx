import { dayText } from "../../ui/time.ts";
import type { Language, PageOf } from "../model.ts";
import { Frame, Trouble } from "../shell.tsx";
import type { PlanNotice, ResidentPlan } from "./model.ts";
import { planTexts } from "./texts.ts";

const percent = (share: number): string => `${Math.round(share * 100)} %`;
const day = (date: string, language: Language): string => dayText(`${date}T00:00:00+08:00`, language);

function stateText(plan: PlanNotice, language: Language): string {
  const t = planTexts[language];
  if (plan.state === "adopted") return t.adopted(day(plan.adoptedFrom!, language));
  if (plan.state === "decided") return t.decided(day(plan.adoptedFrom!, language));
  return plan.open ? t.open(day(plan.commentsUntil, language)) : t.closed(day(plan.commentsUntil, language));
}

/** The announcement on the first page. */
export function PlanNotices({ plans, language }: { plans: PlanNotice[]; language: Language }) {
  const t = planTexts[language];
  return plans.map((plan) => (
    <p key={plan.id} className="notice">
      <a href={`/plans/${plan.id}`}>{t.notice(plan.area, day(plan.commentsUntil, language))}</a>
    </p>
  ));
}

export function Plans({ page }: { page: PageOf<"plans"> }) {
  const t = planTexts[page.language];
  return (
    <Frame shell={page} title={t.title}>
      <h1>{t.title}</h1>
      <p>{t.intro}</p>
      {page.plans.length === 0 && <p>{t.none}</p>}
      <ul className="list">
        {page.plans.map((plan) => (
          <li key={plan.id}>
            <a href={`/plans/${plan.id}`}>
              {plan.area} · {plan.name}
            </a>
            <p className="meta">{stateText(plan, page.language)}</p>
          </li>
        ))}
      </ul>
    </Frame>
  );
}

export function Plan({ page }: { page: PageOf<"plan"> }) {
  const { plan, language } = page;
  const t = planTexts[language];
  const said = page.path.includes("said=1");
  return (
    <Frame shell={page} title={plan.name}>
      <p className="step">{plan.area}</p>
      <h1>{plan.name}</h1>
      <p>
        <b>{stateText(plan, language)}</b>
      </p>
      {said && (
        <p className="notice" id="said" role="status">
          {t.said}
        </p>
      )}
      <h2>{t.what}</h2>
      <p>
        {t.grids(plan.grids.before, plan.grids.after)}{" "}
        {plan.worst.before !== undefined && t.worst(percent(plan.worst.before), percent(plan.worst.after))}{" "}
        {plan.households !== undefined && t.households(plan.households)} {t.why}
      </p>
      <h2>{t.joins}</h2>
      <ul>
        {plan.joins.map(({ community, grids }) => (
          <li key={community + grids.join()}>{t.join(community, grids.join(language === "zh" ? "、" : ", "))}</li>
        ))}
      </ul>
      <p className="hint">{t.unchanged}</p>
      {plan.shapes.length > 0 && <PlanPicture shapes={plan.shapes} label={t.map} hint={t.mapHint} />}
      {plan.answer && (
        <>
          <h2>{t.answer}</h2>
          <p>{plan.answer}</p>
        </>
      )}
      <h2>{t.say}</h2>
      <p className="hint">{t.count(plan.comments)}</p>
      <Trouble problem={page.problem} />
      {plan.open ? <CommentForm page={page} /> : page.text && <blockquote>{page.text}</blockquote>}
      <p>
        <a href="/plans">{t.all}</a>
      </p>
    </Frame>
  );
}

function CommentForm({ page }: { page: PageOf<"plan"> }) {
  const t = planTexts[page.language];
  return (
    <form method="post" action={`/plans/${page.plan.id}/comments`}>
      <input type="hidden" name="id" value={page.commandId} />
      <label htmlFor="text">{t.text}</label>
      <p className="hint" id="text-hint">
        {t.textHint}
      </p>
      <textarea
        id="text"
        name="text"
        rows={4}
        required
        minLength={2}
        maxLength={1000}
        aria-describedby="text-hint"
        defaultValue={page.text}
      />
      <label htmlFor="community">{t.community}</label>
      <select id="community" name="community" defaultValue="">
        <option value="">{t.anywhere}</option>
        {page.plan.communities.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <div className="buttons">
        <button className="button">{t.send}</button>
      </div>
    </form>
  );
}

const width = 640;
const unchanged = "#faf8f3";
const tints = ["#cfe3ee", "#f6e3bf", "#d7ead9", "#ead9ea", "#f3d6cf", "#dedff2", "#e9e6c4"];

function PlanPicture({ shapes, label, hint }: { shapes: ResidentPlan["shapes"]; label: string; hint: string }) {
  const points = shapes.flatMap(({ rings }) => rings.flat());
  const range = (at: number) =>
    points.reduce(
      ([low, high], point) => [Math.min(low!, point[at]!), Math.max(high!, point[at]!)],
      [Infinity, -Infinity],
    );
  const [[west, east], [south, north]] = [range(0), range(1)] as [[number, number], [number, number]];
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = width / ((east - west) * narrowing || 1);
  const at = ([lon, lat]: number[]): string =>
    `${((lon! - west) * narrowing * scale).toFixed(1)},${((north - lat!) * scale).toFixed(1)}`;
  return (
    <figure className="plan-picture">
      <svg viewBox={`-4 -4 ${width + 8} ${((north - south) * scale + 8).toFixed(1)}`} role="img" aria-label={label}>
        {shapes.map(({ code, name, joined, rings }) => (
          <path
            key={code}
            d={rings.map((ring) => `M${ring.map(at).join("L")}Z`).join("")}
            fill={joined === undefined ? unchanged : tints[joined % tints.length]}
          >
            <title>{name}</title>
          </path>
        ))}
      </svg>
      <figcaption className="hint">{hint}</figcaption>
    </figure>
  );
}
