import { caseLabels } from "@linge/domain/case/labels.ts";
import { lights } from "../../ui/light.ts";
import { dayText } from "../../ui/time.ts";
import type { Language, PageOf } from "../model.ts";
import { Frame } from "../shell.tsx";
import { portalTexts } from "../texts.ts";
import { History } from "./history.tsx";

type Item = PageOf<"list">["items"][number];

/** Light as a shape with its word. */
export function LightMark({ item, language }: { item: Pick<Item, "light">; language: Language }) {
  const light = lights[item.light];
  return (
    <span className={`light light-${item.light}`}>
      <span aria-hidden="true">{light.shape}</span> {light[language]}
    </span>
  );
}

type ListProps = { items: Item[]; language: Language; hrefOf?: (item: Item) => string };

export function CaseList({ items, language, hrefOf = (item) => `/cases/${item.number}` }: ListProps) {
  const t = portalTexts[language];
  return (
    <ul className="list">
      {items.map((item) => (
        <li key={item.id}>
          <a href={hrefOf(item)}>{item.text || item.categoryName}</a>
          <p className="meta">
            {item.categoryName} · {item.areaName[language]} · {dayText(item.reportedAt, language)} ·{" "}
            {caseLabels[language].state[item.state]} · <LightMark item={item} language={language} />
            {item.synthetic && ` · ${t.synthetic}`}
          </p>
        </li>
      ))}
    </ul>
  );
}

export function List({ page }: { page: PageOf<"list"> }) {
  const t = portalTexts[page.language];
  return (
    <Frame shell={page} title={t.list.title}>
      <h1>{t.list.title}</h1>
      <p className="hint">{t.list.hint}</p>
      <form method="get" action="/cases">
        <label htmlFor="q">{t.list.search}</label>
        <input id="q" type="search" name="q" defaultValue={page.q} maxLength={100} />
        <label htmlFor="area">{t.list.area}</label>
        <select id="area" name="area" defaultValue={page.area}>
          <option value="">{t.list.everywhere}</option>
          {page.areas.map((area) => (
            <option key={area.value} value={area.value}>
              {area.label}
            </option>
          ))}
        </select>
        <div className="buttons">
          <button className="button">{t.list.go}</button>
        </div>
      </form>
      {page.items.length ? <CaseList items={page.items} language={page.language} /> : <p>{t.list.none}</p>}
      {page.next && (
        <a
          className="button second"
          href={`/cases?${new URLSearchParams({ q: page.q, area: page.area, cursor: page.next })}`}
        >
          {t.list.next}
        </a>
      )}
    </Frame>
  );
}

export function PublicCase({ page }: { page: PageOf<"case"> }) {
  const t = portalTexts[page.language];
  const item = page.case;
  return (
    <Frame shell={page} title={t.follow.title(item.number)}>
      <p className="step">{t.follow.title(item.number)}</p>
      <h1>{item.text || item.categoryName}</h1>
      <dl className="facts">
        <dt>{t.follow.state}</dt>
        <dd>
          {caseLabels[page.language].state[item.state]} · <LightMark item={item} language={page.language} />
        </dd>
        <dt>{t.follow.category}</dt>
        <dd>{item.categoryName}</dd>
        <dt>{t.follow.place}</dt>
        <dd>{item.areaName[page.language]}</dd>
        {item.leadUnit && (
          <>
            <dt>{t.follow.unit}</dt>
            <dd>{item.leadUnit[page.language]}</dd>
          </>
        )}
      </dl>
      <h2>{t.follow.history}</h2>
      <History events={page.timeline} language={page.language} unitNames={page.unitNames} />
    </Frame>
  );
}
