import type { Draft, PageOf } from "../model.ts";
import { Frame, Guard, Trouble } from "../shell.tsx";
import { portalTexts } from "../texts.ts";

/** Carries what was said before through the next form. */
function Kept({ draft, except }: { draft: Draft; except: (keyof Draft)[] }) {
  const kept = (Object.keys(draft) as (keyof Draft)[]).filter((key) => !except.includes(key));
  return kept.map((key) => <input key={key} type="hidden" name={key} value={draft[key]} />);
}

export function What({ page }: { page: PageOf<"what"> }) {
  const t = portalTexts[page.language];
  return (
    <Frame shell={page} title={t.what.title}>
      <p className="step">{t.steps(1)}</p>
      <h1>{t.what.title}</h1>
      <p className="hint">{t.what.hint}</p>
      <Trouble message={page.problem?.message} />
      <form method="post" action="/report/what" data-draft="what">
        <Guard page={page} />
        <Kept draft={page.draft} except={["text", "kind"]} />
        <label htmlFor="text">{t.what.label}</label>
        <textarea
          id="text"
          name="text"
          required
          minLength={2}
          maxLength={4000}
          defaultValue={page.draft.text}
          aria-describedby="example"
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
  return (
    <Frame shell={page} title={t.where.title}>
      <p className="step">{t.steps(2)}</p>
      <h1>{t.where.title}</h1>
      <p className="hint">{t.where.hint}</p>
      <Trouble message={page.problem?.message} />
      <form method="post" action="/report/where" data-draft="where">
        <Guard page={page} />
        <Kept draft={page.draft} except={["placeName", "area", "unknown", "lon", "lat"]} />
        <input type="hidden" name="lon" defaultValue={page.draft.lon} />
        <input type="hidden" name="lat" defaultValue={page.draft.lat} />
        <div data-pin data-map={t.where.map} data-locate={t.where.locate} data-pinned={t.where.pinned} />
        <label htmlFor="placeName">{t.where.name}</label>
        <input
          id="placeName"
          type="text"
          name="placeName"
          maxLength={200}
          defaultValue={page.draft.placeName}
          placeholder={t.where.nameExample}
        />
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
          <button className="button plain" formAction="/report/back" name="to" value="what" formNoValidate>
            {t.back}
          </button>
        </div>
      </form>
    </Frame>
  );
}

function Asked({ page }: { page: PageOf<"more"> }) {
  const t = portalTexts[page.language];
  return page.questions.map((question) => {
    const id = `answer-${question.id}`;
    const label = `${question[page.language]}${question.required ? "" : t.more.optional}`;
    if (question.kind === "yesNo" || question.kind === "choice") {
      const choices = question.choices ?? [
        { id: "yes", zh: t.more.yes, en: t.more.yes },
        { id: "no", zh: t.more.no, en: t.more.no },
      ];
      return (
        <fieldset key={id}>
          <legend>{label}</legend>
          {choices.map((choice) => (
            <label key={choice.id} className="choice">
              <input type="radio" name={id} value={choice.id} required={question.required} />
              {choice[page.language]}
            </label>
          ))}
        </fieldset>
      );
    }
    return (
      <div key={id}>
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          type={question.kind === "number" ? "number" : "text"}
          name={id}
          min={0}
          maxLength={500}
          required={question.required}
        />
      </div>
    );
  });
}

export function More({ page }: { page: PageOf<"more"> }) {
  const t = portalTexts[page.language];
  const { draft } = page;
  return (
    <Frame shell={page} title={t.more.title}>
      <p className="step">{t.steps(3)}</p>
      <h1>{t.more.title}</h1>
      <Trouble message={page.problem?.message} />
      <form method="post" action="/report/more" encType="multipart/form-data" data-draft="more">
        <Guard page={page} />
        <Kept draft={draft} except={["categoryId", "name", "phone"]} />
        <fieldset>
          <legend>{t.more.category}</legend>
          {page.suggested.map((option) => (
            <label key={option.value} className="choice">
              <input
                type="radio"
                name="categoryId"
                value={option.value}
                defaultChecked={option.value === draft.categoryId}
              />
              {option.label}
            </label>
          ))}
        </fieldset>
        <label htmlFor="otherCategory">{t.more.all}</label>
        <select id="otherCategory" name="otherCategory" defaultValue="">
          <option value="">{t.where.choose}</option>
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
        <Asked page={page} />
        <p className="label">{t.more.photo}</p>
        <label className="button second" htmlFor="photos">
          {t.more.choosePhoto}
        </label>
        <input
          id="photos"
          className="visually-hidden"
          type="file"
          name="photos"
          accept="image/*"
          multiple
          data-photos={t.more.chosenPhotos}
          aria-describedby="photoHint"
        />
        <p id="photoHint" className="hint" role="status">
          {t.more.photoHint}
        </p>
        <label htmlFor="name">{t.more.name}</label>
        <input id="name" type="text" name="name" maxLength={60} autoComplete="name" defaultValue={draft.name} />
        <label htmlFor="phone">{t.more.phone}</label>
        <input
          id="phone"
          type="tel"
          name="phone"
          maxLength={20}
          autoComplete="tel"
          inputMode="tel"
          defaultValue={draft.phone}
          aria-describedby="phoneHint"
        />
        <p id="phoneHint" className="hint">
          {t.more.phoneHint}
        </p>
        <label className="choice alone">
          <input type="checkbox" name="wantsContact" value="1" defaultChecked />
          {t.more.contact}
        </label>
        <div className="buttons">
          <button className="button">{t.more.submit}</button>
          <button
            className="button plain"
            formAction="/report/back"
            formEncType="application/x-www-form-urlencoded"
            name="to"
            value="where"
            formNoValidate
          >
            {t.back}
          </button>
        </div>
        <p className="hint">{t.more.after}</p>
      </form>
    </Frame>
  );
}
