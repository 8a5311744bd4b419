import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { deciders } from "./access.ts";
import { issuePage, listIssues, runIssueCommand, type ShownIssue } from "./issues.ts";
import { Id, IssueStepBody, NewIssue } from "./schemas.ts";

/** A published problem of the month as anybody may see it. */
export function publicIssue(issue: ShownIssue) {
  const { id, state, title, month, dueOn, late, plan, result, openedAt, settledAt, stream, areas, owner } = issue;
  const responsibilities = issue.responsibilities.map(({ unit, what, dueOn: due, doneOn, late: days }) => {
    return { unit, what, dueOn: due, doneOn, late: days };
  });
  const told = { id, state, title, month, dueOn, late, plan, result, openedAt, settledAt, stream, areas, owner };
  return { ...told, responsibilities };
}

const shownFields =
  "id state title month dueOn late plan result openedAt settledAt stream areas owner responsibilities".split(" ");
const IssuesShown = Type.Object({
  issues: Type.Array(Type.Object(Object.fromEntries(shownFields.map((field) => [field, Type.Optional(Type.Any())])))),
});

/** 每月一题: opened from an alarm or by hand, planned and reported by its owner, looked at by somebody outside. */
export function issueRoutes(app: App, house: House): void {
  app.get("/api/insight/issues", { config: { access: "staff" } }, async (request) => ({
    issues: await listIssues(house, request.actor),
  }));
  app.get("/api/insight/issues/:id", { config: { access: "staff" }, schema: { params: Id } }, async (request) =>
    issuePage(house, request.params.id, request.actor),
  );
  app.get(
    "/api/public/issues",
    { config: { access: "anyone" }, schema: { response: { 200: IssuesShown } } },
    async () => ({
      issues: (await listIssues(house)).map(publicIssue),
    }),
  );

  app.post(
    "/api/insight/issues",
    { config: { access: deciders }, schema: { body: NewIssue } },
    async (request, reply) => {
      const command = { type: "openIssue", ...request.body } as const;
      return reply.status(201).send(await runIssueCommand(house, request.actor, command));
    },
  );
  app.post(
    "/api/insight/issues/:id/commands",
    { config: { access: "staff" }, schema: { params: Id, body: IssueStepBody } },
    async (request) => {
      await runIssueCommand(house, request.actor, request.body, request.params.id);
      return issuePage(house, request.params.id, request.actor);
    },
  );
}
