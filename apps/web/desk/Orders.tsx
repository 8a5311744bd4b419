import type { WorkOrder } from "@linge/domain/case/record.ts";
import { momentText } from "../ui/time.ts";
import type { CaseView } from "./api.ts";
import { useTexts } from "./language.tsx";
import { useUnits } from "./names.ts";

/** What a unit asked for, and what became of it. */
function Petitions({ order }: { order: WorkOrder }) {
  const { t, language } = useTexts();
  const asked = (["objection", "extension", "suspension"] as const).flatMap((what) => {
    const petition = order[what];
    if (!petition) return [];
    const until = petition.until ? ` ${t.field.until} ${momentText(petition.until, language)}` : "";
    const decided = petition.decided
      ? `${petition.decided.granted ? t.granted : t.refusedIt} · ${petition.decided.reason}`
      : t.undecided;
    return [`${t.petition[what]}${until} · ${petition.reason} · ${decided}`];
  });
  return asked.map((line) => (
    <p key={line} className="quiet">
      {line}
    </p>
  ));
}

/** The orders of a case, each with its own clock. */
export function Orders({ view }: { view: CaseView }) {
  const { t, language } = useTexts();
  const { nameOf } = useUnits();
  const { orders, clock } = view.case;
  if (orders.length === 0) return null;
  const ended = (order: WorkOrder): boolean => ["responded", "done", "returned", "cancelled"].includes(order.state);
  const due = (order: WorkOrder): string => {
    if (order.respondedAt) return t.answeredAt(momentText(order.respondedAt, language));
    const stands = order.pausedSince || (order.part === "lead" && clock.pausedSince);
    return stands ? t.standsStill : momentText(order.dueAt, language);
  };
  return (
    <>
      <h3>{t.orders}</h3>
      <table className="orders">
        <thead>
          <tr>
            <th scope="col">{t.unit}</th>
            <th scope="col">{t.part}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.due}</th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <tr key={order.id} className={ended(order) ? "quiet" : undefined}>
              <td>
                {nameOf(order.unitId)}
                {order.answer && <p>{order.answer}</p>}
                <Petitions order={order} />
              </td>
              <td>{order.part === "lead" ? t.lead : t.assist}</td>
              <td>
                {t.orderState[order.state]}
                {order.reworks > 0 && ` · ${t.reworked(order.reworks)}`}
              </td>
              <td>{due(order)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
