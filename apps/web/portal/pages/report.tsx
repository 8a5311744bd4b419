import type { Draft, PageOf } from "../model.ts";
import { Frame, Guard, Trouble, wrong } from "../shell.tsx";
import { portalTexts } from "../texts.ts";
import { CategoryPart } from "./category.tsx";
import { PhotoField } from "./photos.tsx";
import { Similar } from "./similar.tsx";

/** Carries what was said before through the next form. */
function Kept({ draft, except }: { draft: Draft; except: (keyof Draft)[] }) {
  const { answers, ...plain } = draft;
  const fields = Object.entries(plain).filter(([name]) => !except.includes(name as keyof Draft));
  const asked = except.includes("answers")
    ? []
    : Object.entries(answers).map(([id, answer]) => [`answer-${id}`, answer] as const);
  return [...fields, ...asked].map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}

/** How far one has come: in words, and as a line that fills. */
function Progress({ now, words }: { now: 1 | 2 | 3; words: string }) {
  return (
    <p className="step">
      {words}
      <span className={`way way-${now}`} aria-hidden="true" />
    </p>
  );
}

export function What({ page }: { page: PageOf<"what"> }) {
  const t = portalTexts[page.language];
  return (
    <Frame shell={page} title={t.what.title} unfinished="what">
      <Progress now={1} words={t.steps(1)} />
      <h1>{t.what.title}</h1>
      <p className="hint">{t.what.hint}</p>
      <Trouble problem={page.problem} />
      <form
        id="step"
        method="post"
        action="/report/what"
        data-draft="what"
        data-draft-texts={JSON.stringify({ back: t.what.draft, drop: t.what.drop })}
      >
        <Guard page={page} />
        <Kept draft={page.draft} except={["text", "kind"]} />
        <label htmlFor="text">{t.what.label}</label>
        <textarea
          id="text"
          name="text"
          required
          minLength={2}
          rows={5}
          defaultValue={page.draft.text}
          {...wrong(page.problem, "text", "example")}
          data-similar={t.what.like}
        />
        <p id="example" className="hint">
          {t.what.example}
        </p>
        <label htmlFor="kind">{t.what.kind}</label>
        <select id="kind" name="kind" defaultValue={page.draft.kind}>
          {Object.entries(t.what.kinds).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <div className="buttons">
          <button className="button">{t.what.next}</button>
        </div>
      </form>
    </Frame>
  );
}

export function Where({ page }: { page: PageOf<"where"> }) {
  const t = portalTexts[page.language];
  const { map, locate, pinned, mapHint, noPosition, unpin, hintScript } = t.where;
  return (
    <Frame shell={page} title={t.where.title} unfinished="where">
      <Progress now={2} words={t.steps(2)} />
      <h1>{t.where.title}</h1>
      <p className="hint" data-with-script={hintScript}>
        {t.where.hint}
      </p>
      <Trouble problem={page.problem} />
      <form id="step" method="post" action="/report/where" data-draft="where">
        <Guard page={page} />
        <Kept draft={page.draft} except={["placeName", "area", "unknown", "lon", "lat"]} />
        <input type="hidden" name="lon" defaultValue={page.draft.lon} />
        <input type="hidden" name="lat" defaultValue={page.draft.lat} />
        <div
          data-pin={JSON.stringify({ map, locate, pinned, mapHint, noPosition, unpin, indicative: t.list.indicative })}
        />
        <label htmlFor="placeName">{t.where.name}</label>
        <input
          id="placeName"
          type="text"
          name="placeName"
          defaultValue={page.draft.placeName}
          {...wrong(page.problem, "placeName", "placeExample")}
        />
        <p id="placeExample" className="hint">
          {t.where.nameExample}
        </p>
        <label htmlFor="area">{t.where.area}</label>
        <select id="area" name="area" defaultValue={page.draft.area}>
          <option value="">{t.where.choose}</option>
          {page.areas.map((area) => (
            <option key={area.value} value={area.value}>
              {area.label}
            </option>
          ))}
        </select>
        <label className="choice alone">
          <input type="checkbox" name="unknown" value="1" defaultChecked={page.draft.unknown === "1"} />
          {t.where.unknown}
        </label>
        <div className="buttons">
          <button className="button">{t.where.next}</button>
          <button className="button plain" formAction="/report/back?to=what" formNoValidate data-keeps>
            {t.back}
          </button>
        </div>
      </form>
    </Frame>
  );
}

/** How to reach whoever reports, if he wants to be reached. */
function WhoPart({ page }: { page: PageOf<"more"> }) {
  const t = portalTexts[page.language].more;
  const { draft } = page;
  return (
    <>
      <h2>{t.who}</h2>
      <label htmlFor="name">{t.name}</label>
      <input
        id="name"
        type="text"
        name="name"
        autoComplete="name"
        defaultValue={draft.name}
        {...wrong(page.problem, "name")}
      />
      <label htmlFor="phone">{t.phone}</label>
      <input
        id="phone"
        type="tel"
        name="phone"
        autoComplete="tel"
        inputMode="tel"
        defaultValue={draft.phone}
        {...wrong(page.problem, "phone", "phoneHint")}
      />
      <p id="phoneHint" className="hint">
        {t.phoneHint}
      </p>
      <label className="choice alone">
        <input type="hidden" name="wantsContact" value="0" />
        <input type="checkbox" name="wantsContact" value="1" defaultChecked={draft.wantsContact !== "0"} />
        {t.contact}
      </label>
    </>
  );
}

export function More({ page }: { page: PageOf<"more"> }) {
  const t = portalTexts[page.language];
  return (
    <Frame shell={page} title={t.more.title} unfinished="more">
      <Progress now={3} words={t.steps(3)} />
      <h1>{t.more.title}</h1>
      <Trouble problem={page.problem} />
      <Similar page={page} />
      <form
        id="step"
        method="post"
        action="/report/more"
        encType="multipart/form-data"
        data-draft="more"
        data-sending={t.more.sending}
      >
        <Guard page={page} />
        <Kept draft={page.draft} except={["categoryId", "name", "phone", "wantsContact", "answers", "photos"]} />
        <CategoryPart page={page} />
        <PhotoField page={page} label={t.more.photo} kept={page.draft.photos} />
        <WhoPart page={page} />
        <div className="buttons">
          <button className="button">{t.more.submit}</button>
          <button className="button plain" formAction="/report/back?to=where" formNoValidate data-keeps>
            {t.back}
          </button>
        </div>
        <p className="hint">{t.more.after}</p>
      </form>
    </Frame>
  );
}
