import type { Actor } from "@linge/domain/access/scope.ts";
import { forgets, pullPage } from "@linge/sync/pull/pull.ts";
import { scopeKey } from "@linge/sync/scope/scope.ts";
import type { PullRequest, PullResponse } from "@linge/sync/protocol/message.ts";
import { agree, ours } from "@linge/sync/protocol/protocol.ts";
import { sql } from "kysely";
import type { House } from "../../platform/house.ts";
import { newId } from "../../platform/ids.ts";
import { recordFeed } from "./feed.ts";
import { scopeOfActor } from "./scope.ts";

async function nextOf(house: House, actor: Actor, branches: string[]): Promise<Map<string, number>> {
  if (!branches.length) return new Map();
  const found = await sql<{ id: string; next: number }>`
    select id, next from sync_branches
    where city_id = ${house.cityId} and worker = ${actor.id} and id = any(${branches}::uuid[])`.execute(house.db);
  return new Map(found.rows.map((row) => [row.id, row.next]));
}

/** The next page of what a worker's phone may hold. */
export async function answerPull(house: House, actor: Actor, request: PullRequest): Promise<PullResponse> {
  const scope = scopeOfActor(actor);
  const agreed = agree(request.protocol, ours);
  const next = await nextOf(house, actor, Object.keys(request.answered));
  const page = await pullPage(recordFeed(house, scope), request.cursor, {
    scopeKey: scopeKey(scope, agreed.ok ? agreed.minor : 0),
    cap: scope.cap,
    limit: request.limit,
    now: house.clock(),
    newId: () => newId(),
    forgets: forgets(request.answered, next),
  });
  return { protocol: ours, page };
}
