import type { BenchRow } from "../../scripts/bench/main.ts";
import { demoPassword } from "../../apps/server/src/features/furnish/demoStaff.ts";
import { openCity, p95, type LoadCity } from "./city.ts";

/** Cases of the two cities; LINGE_BENCH_CASES sets the larger one. */
const large = Number(process.env.LINGE_BENCH_CASES ?? 100_000);
const small = large / 10;

async function desk({ app }: LoadCity): Promise<{ cookie: string }> {
  const answer = await app.inject({
    method: "POST",
    url: "/api/session",
    payload: { login: "dispatch", password: demoPassword },
  });
  return { cookie: String([answer.headers["set-cookie"]].flat()[0]).split(";")[0]! };
}

async function measure(cases: number): Promise<Record<string, number>> {
  const city = await openCity(cases);
  try {
    await city.house.pool.query("select 1");
    const headers = await desk(city);
    const recent = await city.house.db
      .selectFrom("cases")
      .select("id")
      .where("city_id", "=", city.house.cityId)
      .orderBy("reported_at", "desc")
      .limit(200)
      .execute();
    const get = async (url: string): Promise<void> => {
      const answer = await city.app.inject({ url, headers });
      if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body.slice(0, 200)}`);
    };
    const pages: Record<string, (i: number) => Promise<void>> = {
      "queue counts": () => get("/api/queues"),
      "desk queue": (i) => get(`/api/cases?queue=${["new", "toDispatch", "inHand", "overdue"][i % 4]}&sort=due`),
      "case page": (i) => get(`/api/cases/${recent[i % recent.length]!.id}`),
      "public list": (i) => get(i % 2 ? "/cases" : "/cases?category=facilities"),
      figures: () => get("/figures"),
    };
    const found: Record<string, number> = {};
    for (const [name, page] of Object.entries(pages)) {
      await page(0);
      found[name] = await p95(80, page);
    }
    return found;
  } finally {
    await city.close();
  }
}

/** p95 of the pages that staff and residents open most, at two sizes of city. */
export async function rows(): Promise<BenchRow[]> {
  const few = await measure(small);
  const many = await measure(large);
  return Object.keys(many).map((name) => {
    const [a, b] = [few[name]!, many[name]!];
    return {
      goal: `${name}, p95 at ${large.toLocaleString("en")} cases`,
      target: "≤ 50 ms and ≤ 1.5 × a city of a tenth",
      measured: `${b.toFixed(1)} ms, ${(b / a).toFixed(2)} ×`,
      reached: b <= 50 && b <= 1.5 * a,
    };
  });
}
