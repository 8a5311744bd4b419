import { dayAfter } from "@linge/domain/gridPlan/decideGridPlan.ts";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { dayText, momentText } from "../../ui/time.ts";
import { planning, type Draft } from "./api.ts";
import { groupColours } from "./colours.ts";
import { PlanMap } from "./PlanMap.tsx";
import { usePlanningTexts } from "./texts.ts";
import { planWords } from "./words.ts";

type Attempt = (work: () => Promise<string | undefined>) => Promise<void>;
type Props = { plan: Draft; today: string; admin: boolean; planner: boolean; attempt: Attempt };

/** Days that comments are open unless the planner says otherwise. */
const usualDays = 14;

export function DraftCard({ plan, today, admin, planner, attempt }: Props) {
  const { t, language } = usePlanningTexts();
  const [shown, setShown] = useState(false);
  const day = (date: string): string => dayText(`${date}T00:00:00+08:00`, language);
  const { state, commentsUntil, adoptedFrom } = plan;
  return (
    <article className="draft">
      <p className="row">
        <b>{plan.name}</b> <span className="tag">{t.state[state]}</span>
        {state === "shared" && <span className="quiet">{t.openUntil(day(commentsUntil!))}</span>}
        {state === "decided" && <span>{t.decidedFor(day(adoptedFrom!))}</span>}
        {state === "adopted" && <span>{t.adoptedSince(day(adoptedFrom!))}</span>}
        {state !== "adopted" && (
          <button className="link" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {t.look}
          </button>
        )}
        {(state === "shared" || state === "decided" || state === "adopted") && (
          <a href={`/plans/${plan.id}`} target="_blank" rel="noreferrer">
            {t.publicPage}
          </a>
        )}
      </p>
      {plan.before && (
        <p className="quiet">
          {t.grids(plan.figures.k)} · {planWords(t, plan.figures, plan.before, plan.figures.movedHouseholds !== 0)}
        </p>
      )}
      {plan.problem && <p className="problem">{t.notInForce(t.problem(plan.problem))}</p>}
      {plan.answer && <p>{plan.answer}</p>}
      {shown && <DraftMap plan={plan} />}
      <Comments plan={plan} today={today} attempt={attempt} />
      {state === "draft" && planner && <ShareForm plan={plan} today={today} attempt={attempt} />}
      {state === "shared" && admin && <AdoptForm plan={plan} today={today} attempt={attempt} />}
      {(state === "shared" || state === "decided") && planner && <WithdrawForm plan={plan} attempt={attempt} />}
    </article>
  );
}

function DraftMap({ plan }: { plan: Draft }) {
  const { t, language } = usePlanningTexts();
  const today = useQuery({
    queryKey: ["planning", plan.area],
    queryFn: () => planning.today(plan.area),
    staleTime: Infinity,
  });
  const { assignment } = plan;
  const blocks = useMemo(
    () => today.data?.blocks.filter(({ code }) => assignment[code]) ?? [],
    [today.data, assignment],
  );
  const groupOf = useCallback((code: string) => assignment[code]!, [assignment]);
  const colourOf = useMemo(
    () => groupColours(blocks, today.data?.links ?? [], assignment),
    [blocks, today.data, assignment],
  );
  if (blocks.length === 0) return <p className="quiet">{today.error?.message ?? "…"}</p>;
  return (
    <figure className="draft-map">
      <PlanMap
        blocks={blocks}
        groupOf={groupOf}
        colourOf={colourOf}
        label={plan.name}
        titleOf={(block) => block[language]}
      />
      <figcaption className="quiet">{t.indicative}</figcaption>
    </figure>
  );
}

function Comments({ plan, today, attempt }: { plan: Draft; today: string; attempt: Attempt }) {
  const { t, language } = usePlanningTexts();
  const [text, setText] = useState("");
  return (
    <>
      {plan.comments.length > 0 && (
        <ul className="comments" aria-label={t.comments(plan.comments.length)}>
          {plan.comments.map((each) => (
            <li key={each.at + each.text}>
              <span className="quiet">
                {each.author ?? [t.resident, each.community].filter(Boolean).join(" · ")} ·{" "}
                {momentText(each.at, language)}
              </span>{" "}
              {each.text}
            </li>
          ))}
        </ul>
      )}
      {plan.state === "shared" && today <= plan.commentsUntil! && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            void attempt(() => planning.comment(plan.id, text).then(() => undefined)).then(() => setText(""));
          }}
        >
          <label>
            {t.comment}{" "}
            <input
              value={text}
              required
              minLength={2}
              maxLength={2000}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <button>{t.send}</button>
        </form>
      )}
    </>
  );
}

function ShareForm({ plan, today, attempt }: { plan: Draft; today: string; attempt: Attempt }) {
  const { t } = usePlanningTexts();
  const [until, setUntil] = useState(dayAfter(today, usualDays));
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        void attempt(() => planning.share(plan.id, until).then(() => undefined));
      }}
    >
      <label>
        {t.until}{" "}
        <input type="date" value={until} min={today} required onChange={(event) => setUntil(event.target.value)} />
      </label>
      <button className="primary">{t.share}</button>
      <span className="quiet">{t.shareNote}</span>
    </form>
  );
}

function AdoptForm({ plan, today, attempt }: { plan: Draft; today: string; attempt: Attempt }) {
  const { t, language } = usePlanningTexts();
  const first = [dayAfter(plan.commentsUntil!, 1), today].toSorted().at(-1)!;
  const [from, setFrom] = useState(first);
  const [answer, setAnswer] = useState("");
  const adopt = (): Promise<void> =>
    attempt(async () => {
      if (!confirm(t.adoptSure(dayText(`${from}T00:00:00+08:00`, language)))) return undefined;
      const { state } = await planning.adopt(plan.id, from, answer.trim());
      return state === "adopted" ? t.adoptedNow : undefined;
    });
  return (
    <form
      className="decide"
      onSubmit={(event) => {
        event.preventDefault();
        void adopt();
      }}
    >
      {plan.comments.length > 0 && (
        <label>
          {t.answer}
          <textarea
            rows={3}
            required
            minLength={2}
            maxLength={2000}
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
        </label>
      )}
      <p className="row">
        <label>
          {t.fromDay}{" "}
          <input type="date" value={from} min={first} required onChange={(event) => setFrom(event.target.value)} />
        </label>
        <button className="primary">{t.adopt}</button>
      </p>
    </form>
  );
}

function WithdrawForm({ plan, attempt }: { plan: Draft; attempt: Attempt }) {
  const { t } = usePlanningTexts();
  const [reason, setReason] = useState("");
  return (
    <details>
      <summary>{t.withdraw}</summary>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void attempt(() => planning.withdraw(plan.id, reason).then(() => undefined));
        }}
      >
        <label>
          {t.reason}{" "}
          <input
            value={reason}
            required
            minLength={2}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <button>{t.withdraw}</button>
      </form>
    </details>
  );
}
