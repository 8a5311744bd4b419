import type { PublicFact } from "./event.ts";
import { standingOrders, type CaseRecord, type WorkOrder } from "./record.ts";

type Promised = Pick<WorkOrder, "unitId" | "part" | "dueAt" | "contactDueAt"> & { orderId: string };

const promisedOf = ({ id, unitId, part, dueAt, contactDueAt }: WorkOrder): Promised => ({
  orderId: id,
  unitId,
  part,
  dueAt,
  contactDueAt,
});

const sameClock = (a: WorkOrder, b: WorkOrder): boolean => a.dueAt === b.dueAt && a.contactDueAt === b.contactDueAt;

/**
 * What the log records of the clocks of a case: `promised` when an order is given out or its end moves, whatever moved it,
 * and `released` when an order is taken back. With these, figures over orders falling due can be made from the log alone.
 */
export function promiseFacts(before: CaseRecord | null, after: CaseRecord, at: string): PublicFact[] {
  const former = new Map(before && standingOrders(before).map((order) => [order.id, order]));
  const facts: PublicFact[] = [];
  for (const order of standingOrders(after)) {
    const known = former.get(order.id);
    former.delete(order.id);
    if (!known || !sameClock(known, order))
      facts.push({ kind: "promised", subject: after.id, at, data: promisedOf(order) });
  }
  for (const { id, unitId } of former.values())
    facts.push({ kind: "released", subject: after.id, at, data: { orderId: id, unitId } });
  return facts;
}
