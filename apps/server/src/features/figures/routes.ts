import Type from "typebox";
import type { App } from "../../platform/http/app.ts";
import type { House } from "../../platform/house.ts";
import { cityCounts, unitFigures } from "./queries.ts";
import { cityFigures } from "./city.ts";

const Period = Type.Object(
  {
    from: Type.Optional(Type.String({ format: "date-time" })),
    to: Type.Optional(Type.String({ format: "date-time" })),
  },
  { additionalProperties: false },
);
const Count = Type.Integer();
const counts = {
  due: Count,
  onTime: Count,
  contacted: Count,
  reworked: Count,
  reopened: Count,
  answered: Count,
  resolved: Count,
  satisfied: Count,
};
const Compared = Type.Object({
  now: Count,
  before: Count,
  ratio: Type.Optional(Type.Number()),
  interval: Type.Optional(Type.Array(Type.Number())),
  verdict: Type.String(),
});
const AimsShown = Type.Object({
  participation: Type.Object({ reports: Compared, communities: Count, of: Count }),
  cover: Type.Object({ grids: Count, atSea: Count, lookedAfter: Count }),
  roundTheClock: Type.Object({ reports: Count, outsideHours: Count }),
  safety: Type.Object({ reports: Compared, closed: Count, notResolved: Count }),
});
const FiguresShown = Type.Object({
  from: Type.String(),
  to: Type.String(),
  counts: Type.Object({ open: Count, closed30: Count }),
  units: Type.Array(Type.Object({ unitId: Type.String(), ...counts })),
  together: Type.Optional(Type.Object(counts)),
  aims: Type.Optional(AimsShown),
});
const days30 = 30 * 86_400_000;

/** Figures are public: they are about units, never about people. */
export function figureRoutes(app: App, house: House): void {
  app.get(
    "/api/public/figures",
    { config: { access: "anyone" }, schema: { querystring: Period, response: { 200: FiguresShown } } },
    async (request) => {
      const { from, to } = request.query;
      if (!from && !to) return cityFigures(house);
      const now = house.clock();
      const period = { from: from ?? new Date(now - days30).toISOString(), to: to ?? new Date(now).toISOString() };
      const [counts, units] = await Promise.all([cityCounts(house), unitFigures(house, period.from, period.to)]);
      return { ...period, counts, units };
    },
  );
}
