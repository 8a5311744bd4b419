import { seedPhrases } from "@linge/domain/category/phrases.ts";
import { suggest, train } from "@linge/domain/category/suggest.ts";
import { useEffect, useMemo, useState } from "react";
import { PhotoPicker } from "./PhotoPicker.tsx";
import { usePhone, useTexts } from "./use.tsx";

const empty = { text: "", categoryId: "", place: "", grid: "", lon: "", lat: "", name: "", phone: "", consent: "" };
type Draft = typeof empty;
const newIds = () => ({ id: crypto.randomUUID() as string, caseId: crypto.randomUUID() as string });

function bodyOf(draft: Draft): Record<string, unknown> {
  const located = draft.lon !== "";
  const place = {
    ...(located && { lon: Number(draft.lon), lat: Number(draft.lat) }),
    ...(draft.place && { name: draft.place }),
    ...(!located && !draft.place && { unknown: true }),
  };
  const someone = draft.consent !== "" && (draft.name || draft.phone);
  return {
    kind: "help",
    categoryId: draft.categoryId,
    text: draft.text,
    place,
    ...(!located && draft.grid && { areaCode: draft.grid }),
    ...(someone && {
      reporter: {
        ...(draft.name && { name: draft.name }),
        ...(draft.phone && { phone: draft.phone }),
        wantsContact: draft.phone !== "",
        consent: true,
      },
    }),
  };
}

/** A report, or one that was not accepted and is changed; every keystroke is kept. */
export function Report({ editing }: { editing?: string }) {
  const { t, language } = useTexts();
  const { phone, state } = usePhone();
  const [ids, setIds] = useState(newIds);
  const [draft, setDraft] = useState<Draft>(empty);
  const [photos, setPhotos] = useState<ArrayBuffer[]>([]);
  const [status, setStatus] = useState("");
  const [problem, setProblem] = useState("");
  const refused = state.outbox.find((item) => item.id === editing && item.type === "report");
  const key = refused ? `report/${refused.id}` : "report";
  useEffect(() => {
    void phone.draft(key).then((kept) => setDraft({ ...empty, ...(refused ? draftOf(refused.body) : {}), ...kept }));
    // The item itself does not change while it is being corrected.
  }, [phone, key]);
  const change = (part: Partial<Draft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    setStatus("");
    void phone.keepDraft(key, next);
  };
  const text = (name: keyof Draft) => ({
    value: draft[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  });
  const locate = (): void =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        change({ lon: coords.longitude.toFixed(6), lat: coords.latitude.toFixed(6) });
        setStatus(t.report.located);
      },
      () => setStatus(t.report.noLocation),
      { enableHighAccuracy: true, timeout: 15_000 },
    );
  const save = async (): Promise<void> => {
    if (draft.phone && !draft.consent) return setProblem(t.report.needConsent);
    try {
      const title = draft.text.slice(0, 40);
      await phone.give({ ...ids, type: "report", body: bodyOf(draft), title }, photos);
      if (refused) await phone.giveUp(refused);
      await phone.keepDraft(key, {});
      setDraft(empty);
      setPhotos([]);
      setIds(newIds());
      setProblem("");
      setStatus(t.sheet.saved);
      void phone.sync();
    } catch {
      setProblem(t.sheet.full);
    }
  };
  return (
    <form
      className="report"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h1>{t.report.head}</h1>
      {refused?.reason && (
        <p className="problem">
          {t.waiting.notAccepted}
          {refused.reason}
        </p>
      )}
      {status && (
        <p className="good" role="status">
          {status}
        </p>
      )}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <label>
        {t.report.text}
        <textarea required minLength={2} maxLength={4000} placeholder={t.report.textHint} {...text("text")} />
      </label>
      <Suggested text={draft.text} chosen={draft.categoryId} onChoose={(categoryId) => change({ categoryId })} />
      <label>
        {t.report.category}
        <select required {...text("categoryId")}>
          <option value="" />
          {state.categories.map((category) => (
            <option key={category.id} value={category.id}>
              {category[language]}
            </option>
          ))}
        </select>
      </label>
      <PhotoPicker photos={photos} onPhotos={setPhotos} />
      <fieldset>
        <legend>{t.report.place}</legend>
        <label>
          {t.report.placeHint}
          <input maxLength={200} {...text("place")} />
        </label>
        <label>
          {t.report.grid}
          <select {...text("grid")}>
            <option value="">{t.report.gridNone}</option>
            {state.grids.map(({ properties }) => (
              <option key={properties.code} value={properties.code}>
                {properties[language]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" onClick={locate}>
          {t.report.locate}
        </button>
        {draft.lon && <p className="quiet">{t.report.located}</p>}
      </fieldset>
      <details open={draft.name !== "" || draft.phone !== ""}>
        <summary>{t.report.forSomeone}</summary>
        <label>
          {t.report.name}
          <input maxLength={60} {...text("name")} />
        </label>
        <label>
          {t.report.phone}
          <input type="tel" maxLength={20} pattern="[+\d][\d \-]{4,19}" {...text("phone")} />
        </label>
        <label className="tick">
          <input
            type="checkbox"
            checked={draft.consent !== ""}
            onChange={(event) => change({ consent: event.target.checked ? "yes" : "" })}
          />
          {t.report.consent}
        </label>
      </details>
      <button className="main">{t.report.save}</button>
    </form>
  );
}

const shortest = 3;

/** Up to three categories that the words sound like; found on the phone, without a connection. */
function Suggested({
  text,
  chosen,
  onChoose,
}: {
  text: string;
  chosen: string;
  onChoose: (categoryId: string) => void;
}) {
  const { language } = useTexts();
  const { state } = usePhone();
  const model = useMemo(() => train(seedPhrases), []);
  if (text.length < shortest) return null;
  const found = suggest(model, text).categories.flatMap(
    ({ id }) => state.categories.find((category) => category.id === id) ?? [],
  );
  return (
    <div className="chips">
      {found.map((category) => (
        <button
          key={category.id}
          type="button"
          aria-pressed={category.id === chosen}
          onClick={() => onChoose(category.id)}
        >
          {category[language]}
        </button>
      ))}
    </div>
  );
}

/** The form's fields from a command that was not accepted. */
function draftOf(body: Record<string, unknown>): Partial<Draft> {
  const place = body.place as { lon?: number; lat?: number; name?: string };
  const reporter = body.reporter as { name?: string; phone?: string } | undefined;
  return {
    text: String(body.text),
    categoryId: String(body.categoryId),
    place: place.name ?? "",
    grid: String(body.areaCode ?? ""),
    lon: place.lon === undefined ? "" : String(place.lon),
    lat: place.lat === undefined ? "" : String(place.lat),
    name: reporter?.name ?? "",
    phone: reporter?.phone ?? "",
    consent: reporter ? "yes" : "",
  };
}
