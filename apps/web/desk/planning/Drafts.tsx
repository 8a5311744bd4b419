import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { momentText } from "../../ui/time.ts";
import { planning, type Draft } from "./api.ts";
import { usePlanningTexts } from "./texts.ts";

const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Plans that were kept, what people say about them, and what was handed over when one was adopted. */
export function Drafts({ admin }: { admin: boolean }) {
  const { t } = usePlanningTexts();
  const client = useQueryClient();
  const [said, setSaid] = useState("");
  const drafts = useQuery({ queryKey: ["drafts"], queryFn: planning.drafts });
  const handovers = useQuery({ queryKey: ["handovers"], queryFn: planning.handovers });
  const again = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: ["drafts"] });
    await client.invalidateQueries({ queryKey: ["handovers"] });
    await client.invalidateQueries({ queryKey: ["planning"] });
  };
  const attempt = async (work: () => Promise<string | void>): Promise<void> => {
    try {
      setSaid((await work()) ?? "");
    } catch (error) {
      setSaid((error as Error).message);
    }
    await again();
  };
  const adopt = (plan: Draft): Promise<void> =>
    attempt(async () => {
      if (!confirm(t.adoptSure)) return undefined;
      const done = await planning.adopt(plan.id, today());
      return t.adopted(
        done.grids,
        done.handovers.reduce((sum, { cases }) => sum + cases, 0),
      );
    });
  return (
    <section>
      <h3>{t.drafts}</h3>
      {said && <p role="status">{said}</p>}
      {drafts.data?.plans.length === 0 && <p className="quiet">{t.noDrafts}</p>}
      {drafts.data?.plans.map((plan) => (
        <article key={plan.id} className="draft">
          <p className="row">
            <b>{plan.name}</b> <span className="tag">{t.state[plan.state]}</span>
            {plan.state === "draft" && (
              <button onClick={() => void attempt(() => planning.share(plan.id).then(() => undefined))}>
                {t.share}
              </button>
            )}
            {plan.state === "shared" && admin && (
              <button className="primary" onClick={() => void adopt(plan)}>
                {t.adopt}
              </button>
            )}
          </p>
          <Comments
            plan={plan}
            onSend={(text) => attempt(() => planning.comment(plan.id, text).then(() => undefined))}
          />
        </article>
      ))}
      {handovers.data && handovers.data.handovers.length > 0 && (
        <>
          <h3>{t.handovers}</h3>
          <ul>
            {handovers.data.handovers.map((each) => (
              <li key={each.plan + each.area}>
                {t.handover(each.name, each.cases)}{" "}
                {each.confirmedAt ? (
                  <span className="quiet">{t.confirmed}</span>
                ) : (
                  <button
                    onClick={() => void attempt(() => planning.confirm(each.plan, each.area).then(() => undefined))}
                  >
                    {t.confirm}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Comments({ plan, onSend }: { plan: Draft; onSend: (text: string) => Promise<void> }) {
  const { t, language } = usePlanningTexts();
  const [text, setText] = useState("");
  return (
    <>
      {plan.comments.length > 0 && (
        <ul className="comments">
          {plan.comments.map((each) => (
            <li key={each.at + each.author}>
              <span className="quiet">
                {each.author} · {momentText(each.at, language)}
              </span>{" "}
              {each.text}
            </li>
          ))}
        </ul>
      )}
      {plan.state === "shared" && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            void onSend(text).then(() => setText(""));
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
