import { lights } from "../../ui/light.ts";
import { dayText } from "../../ui/time.ts";
import type { Language, NamedRow, PageOf } from "../model.ts";
import { Frame } from "../shell.tsx";
import { portalTexts } from "../texts.ts";
import { History } from "./history.tsx";

/** Light as a shape with its word. */
export function LightMark({ item, language }: { item: Pick<NamedRow, "light">; language: Language }) {
  const light = lights[item.light];
  return (
    <span className={`light light-${item.light}`}>
      <span aria-hidden="true">{light.shape}</span> {light[language]}
    </span>
  );
}

type ListProps = { items: NamedRow[]; language: Language; hrefOf?: (item: NamedRow) => string };

export function CaseList({ items, language, hrefOf = (item) => `/cases/${item.number}` }: ListProps) {
  const t = portalTexts[language];
  return (
    <ul className="list">
      {items.map((item) => (
        <li key={item.id}>
          <a href={hrefOf(item)}>{item.text || item.categoryName}</a>
          <p className="meta">
            <LightMark item={item} language={language} /> <span>{t.follow.states[item.state]}</span>{" "}
            <span>{item.categoryName}</span> <span>{item.areaName[language]}</span>{" "}
            <time dateTime={item.reportedAt}>{dayText(item.reportedAt, language)}</time>{" "}
            {item.synthetic && <span>{t.synthetic}</span>}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Words, place and kind to look for. */
function Filter({ page }: { page: PageOf<"list"> }) {
  const t = portalTexts[page.language].list;
  return (
    <form method="get" action="/cases" className="filter">
      <div>
        <label htmlFor="q">{t.search}</label>
        <input id="q" type="search" name="q" defaultValue={page.q} maxLength={100} />
      </div>
      <div>
        <label htmlFor="area">{t.area}</label>
        <select id="area" name="area" defaultValue={page.area}>
          <option value="">{t.everywhere}</option>
          {page.areas.map((area) => (
            <option key={area.value} value={area.value}>
              {area.label}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor="category">{t.category}</label>
        <select id="category" name="category" defaultValue={page.category}>
          <option value="">{t.everything}</option>
          {page.categories.map((group) => (
            <optgroup key={group.family} label={group.family}>
              {group.options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      <button className="button">{t.go}</button>
    </form>
  );
}

export function List({ page }: { page: PageOf<"list"> }) {
  const t = portalTexts[page.language].list;
  const { map, mapHint, mapList, indicative, close, none } = t;
  const words = { map, mapHint, mapList, indicative, close, none };
  return (
    <Frame shell={page} title={t.title} wide>
      <h1>{t.title}</h1>
      <p className="hint">{t.hint}</p>
      <Filter page={page} />
      <div data-public-map={JSON.stringify(words)} />
      {page.items.length ? (
        <>
          <p className="meta">{t.found(page.items.length, page.next !== undefined)}</p>
          <CaseList items={page.items} language={page.language} />
        </>
      ) : (
        <p>{t.none}</p>
      )}
      {page.next && (
        <a
          className="button second"
          href={`/cases?${new URLSearchParams({ q: page.q, area: page.area, category: page.category, cursor: page.next })}`}
        >
          {t.next}
        </a>
      )}
    </Frame>
  );
}

export function PublicCase({ page }: { page: PageOf<"case"> }) {
  const t = portalTexts[page.language];
  const item = page.case;
  const open = item.light !== "done";
  return (
    <Frame shell={page} title={t.follow.title(item.number)}>
      <p className="step">{t.follow.title(item.number)}</p>
      <h1>{item.text || item.categoryName}</h1>
      <p className="promise">
        {t.follow.states[item.state]} <LightMark item={item} language={page.language} />
        {open && item.light !== "paused" && ` · ${t.list.due(dayText(item.dueAt, page.language))}`}
      </p>
      <dl className="facts">
        <div>
          <dt>{t.follow.category}</dt>
          <dd>{item.categoryName}</dd>
        </div>
        <div>
          <dt>{t.follow.place}</dt>
          <dd>{item.areaName[page.language]}</dd>
        </div>
        <div>
          <dt>{t.follow.unit}</dt>
          <dd>{item.leadUnit?.[page.language] ?? t.follow.nobodyYet}</dd>
        </div>
      </dl>
      {item.photos.length > 0 && (
        <div className="photos">
          {item.photos.map((id, i) => (
            <a key={id} href={`/photos/${id}`}>
              <img src={`/photos/${id}?size=small`} alt={t.follow.photoOf(i + 1)} loading="lazy" />
            </a>
          ))}
        </div>
      )}
      <h2>{t.follow.history}</h2>
      <History events={page.timeline} language={page.language} unitNames={page.unitNames} />
      <a className="button plain" href="/cases">
        {t.nav.cases}
      </a>
    </Frame>
  );
}
