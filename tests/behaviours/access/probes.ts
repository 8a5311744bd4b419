import { randomUUID } from "node:crypto";
import type { Role } from "@linge/domain/access/role.ts";
import type { Person } from "../../support/house.ts";

/** What a probe looks for: a case in Putuo, its number, its township, and the tile that it lies in. */
export type Fixture = { caseId: string; number: string; township: string; tile: string };

/** Whether somebody got at what lies in Putuo. `roles`: those who may at all; others are turned away wherever they are. */
export type Probe = {
  route: string;
  roles: readonly Role[];
  reached(person: Person, fixture: Fixture): Promise<boolean>;
};

const readers: readonly Role[] = [
  "gridWorker",
  "gridLeader",
  "gridAdvisor",
  "intakeClerk",
  "filingOfficer",
  "dispatcher",
  "unitHandler",
  "checker",
  "emergencyAuthority",
  "privacyOfficer",
];
const writers = readers.filter((role) => !["gridAdvisor", "emergencyAuthority", "privacyOfficer"].includes(role));
const planners: readonly Role[] = ["gridLeader", "cityAdmin", "gridWorker", "gridAdvisor"];
const note = () => ({ id: randomUUID(), type: "addInternalNote", text: "看过了" });
const passed = async (answer: Promise<{ status: number }>): Promise<boolean> => (await answer).status < 300;

/** For each route whose reach is an area: try it with the same thing, from inside and from outside. */
export const probes: Probe[] = [
  {
    route: "GET /api/cases/:id",
    roles: readers,
    reached: (person, { caseId }) => passed(person.get(`/api/cases/${caseId}`)),
  },
  {
    route: "GET /api/cases",
    roles: readers,
    reached: async (person, { number }) => (await person.get("/api/cases?limit=200")).text.includes(number),
  },
  {
    route: "GET /api/queues",
    roles: readers,
    async reached(person) {
      const { body } = await person.get("/api/queues");
      return body.queues?.some(({ count }: { count: number }) => count > 0) ?? false;
    },
  },
  {
    route: "POST /api/cases/:id/commands",
    roles: writers,
    reached: (person, { caseId }) => passed(person.send("POST", `/api/cases/${caseId}/commands`, note())),
  },
  {
    route: "POST /api/cases/bulk",
    roles: writers,
    async reached(person, { caseId }) {
      const answer = await person.send("POST", "/api/cases/bulk", {
        preview: false,
        caseIds: [caseId],
        command: note(),
      });
      return answer.body.results?.[0].ok ?? false;
    },
  },
  {
    route: "POST /api/cases/:id/reporter",
    roles: readers,
    reached: (person, { caseId }) =>
      passed(
        person.send("POST", `/api/cases/${caseId}/reporter`, {
          id: randomUUID(),
          purpose: "verify",
          note: "电话核实位置",
        }),
      ),
  },
  {
    route: "GET /tiles/work/:z/:x/:y.mvt",
    roles: readers,
    reached: async (person, { number, tile }) => (await person.get(`/tiles/work/${tile}.mvt`)).text.includes(number),
  },
  {
    route: "GET /api/planning/today",
    roles: planners,
    reached: (person, { township }) => passed(person.get(`/api/planning/today?area=${township}`)),
  },
];
