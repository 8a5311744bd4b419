import type { RouteReason } from "@linge/domain/routing/route.ts";
import { momentText } from "../ui/time.ts";
import type { CaseView } from "./api.ts";
import { useTexts } from "./language.tsx";
import { useUnits } from "./names.ts";

/** Why it was sent there: what the rules of the day said and whether they were followed; before that, what they say now. */
export function Routing({ view }: { view: CaseView }) {
  const { t, language } = useTexts();
  const { nameOf } = useUnits();
  const { routed, firstReceiver, orders } = view.case;
  const words = (because: RouteReason[]): string =>
    because.map(({ code, params }) => t.because[code]!(code === "rule" ? params.note || params.id! : "")).join(" · ");
  const units = ({ lead, assist }: { lead?: string; assist: string[] }): string =>
    [lead ? nameOf(lead) : t.nobody, ...assist.map((id) => `${t.assist} ${nameOf(id)}`)].join(" · ");
  const waiting = ["reported", "verifying", "filed"].includes(view.case.state);
  return (
    <>
      {waiting && (
        <>
          <dt>{t.routing}</dt>
          <dd>
            <span className="suggested">{view.routing.lead ? nameOf(view.routing.lead) : t.nobody}</span>
            {view.routing.assist.map((id) => ` · ${t.assist} ${nameOf(id)}`)}{" "}
            <span className="quiet">({words(view.routing.because)})</span>
          </dd>
        </>
      )}
      {routed && orders.length > 0 && (
        <>
          <dt>{t.whyHere}</dt>
          <dd>
            {routed.followed ? t.followedRules : t.otherThanRules(units(routed))}{" "}
            <span className="quiet">
              ({words(routed.because)} · {t.rulesOf(routed.rulesVersion, momentText(routed.at, language))})
            </span>
          </dd>
        </>
      )}
      {firstReceiver && (
        <>
          <dt>{t.firstReceiver}</dt>
          <dd>{nameOf(firstReceiver.unitId)}</dd>
        </>
      )}
    </>
  );
}
