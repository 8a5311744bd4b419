import type { Language, PageOf } from "../model.ts";
import { dayText } from "../../ui/time.ts";
import { Frame } from "../shell.tsx";
import { Bars } from "./bars.tsx";
import { Units } from "./unitTable.tsx";

const texts = {
  zh: {
    title: (year: number, month: number) => `${year} 年 ${month} 月办得怎么样`,
    lead: (day: string) => `这个月到期的事，照公开记录数出来的。${day}公布，公布后不再改，也没法悄悄改。`,
    together: "全市合在一起",
    sentence: (due: number, onTime: number) => `到期 ${due} 件，按期答复 ${onTime} 件。`,
    proof: "您可以自己核对",
    range: (from: number, to: number) =>
      `这些数是从公开记录的第 ${from} 行到第 ${to} 行数出来的。数字本身也记进了同一份记录：谁想悄悄改，一核对就露馅。`,
    waiting: "刚刚公布，一分钟后凭据就能核对。",
    file: "下载数字和凭据",
    check: "拿到文件后，在任何一台电脑上运行：",
    auditor: "审计员还可以自己重数一遍：登录后下载这一段记录的另一半（没有姓名、电话，也没有谁说过的话）。",
    openings: "下载另一半",
    purpose: (month: string) => `重数 ${month} 的数字`,
    months: "按月公布的数字",
    monthsHint: "每月 3 日公布上个月的，公布后不再改。",
    all: "回到近 30 天",
  },
  en: {
    title: (year: number, month: number) => `How we did in ${year}-${String(month).padStart(2, "0")}`,
    lead: (day: string) =>
      `Everything that was due in the month, counted from the record. Published on ${day}, and neither changed since nor changeable.`,
    together: "The whole city",
    sentence: (due: number, onTime: number) => `${due} were due; ${onTime} were answered on time.`,
    proof: "Check it yourself",
    range: (from: number, to: number) =>
      `The figures are counted from lines ${from} to ${to} of the public record, and stand in that record themselves: whoever changed them quietly would be found out.`,
    waiting: "Published just now; the receipt can be checked in a minute.",
    file: "Download figures and receipt",
    check: "With the file, on any computer:",
    auditor:
      "An auditor can count again: sign in, and download the other half of these lines (no names, no telephone numbers, nobody's words).",
    openings: "Download the other half",
    purpose: (month: string) => `Recount of ${month}`,
    months: "Figures by month",
    monthsHint: "Last month's are published on the 3rd and stay as they are.",
    all: "The last 30 days",
  },
} satisfies Record<Language, object>;

/** Links to the months that were published, on the page of the last 30 days. */
export function MonthsPart({ language, months }: { language: Language; months: readonly string[] }) {
  const t = texts[language];
  if (months.length === 0) return null;
  return (
    <section aria-labelledby="months">
      <h2 id="months">{t.months}</h2>
      <p className="hint">{t.monthsHint}</p>
      <ul className="months">
        {months.map((month) => (
          <li key={month}>
            <a href={`/figures/${month}`}>{month}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Figures of a month as they were published, and how anybody can see that they still are. */
export function Month({ page }: { page: PageOf<"month"> }) {
  const t = texts[page.language];
  const { month, units, logFrom, logSize } = page.figures;
  const [year, number] = month.split("-").map(Number) as [number, number];
  const title = t.title(year, number);
  const openings = new URLSearchParams({ from: `${logFrom}`, to: `${logSize}`, purpose: t.purpose(month) });
  return (
    <Frame shell={page} title={title} wide>
      <h1>{title}</h1>
      <p className="hint">{t.lead(dayText(page.publishedAt, page.language))}</p>
      <section aria-labelledby="together">
        <h2 id="together">{t.together}</h2>
        <p className="lead">{t.sentence(page.together.due, page.together.onTime)}</p>
        <Bars row={page.together} language={page.language} />
      </section>
      <Units language={page.language} unitNames={page.unitNames} units={units} />
      <section aria-labelledby="proof">
        <h2 id="proof">{t.proof}</h2>
        <p>{t.range(logFrom + 1, logSize)}</p>
        {!page.inLog && <p className="notice">{t.waiting}</p>}
        <div className="buttons">
          <a className="button second" href={`/api/public/figures/months/${month}`} download={`linge-${month}.json`}>
            {t.file}
          </a>
        </div>
        <p className="hint">{t.check}</p>
        <pre className="command" tabIndex={0}>
          npx linge verify figures linge-{month}.json --log {page.log}
        </pre>
        <p className="hint">{t.auditor}</p>
        <p>
          <a href={`/api/ledger/openings?${openings}`} download>
            {t.openings}
          </a>
        </p>
      </section>
      <p>
        <a href="/figures">{t.all}</a>
      </p>
    </Frame>
  );
}
