import type { Entry } from "@linge/sync/outbox/entry.ts";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { lights } from "../ui/light.ts";
import { dayText } from "../ui/time.ts";
import { Facts } from "./Facts.tsx";
import { MediaPicker } from "./MediaPicker.tsx";
import { lightOf, type CaseOnPhone } from "./phone/records.ts";
import { ReadAloud } from "./speech.tsx";
import { Problem } from "./Problem.tsx";
import { usePhone, useTexts } from "./use.tsx";
import { useDraft } from "./useDraft.ts";

/** What a worker can say about a case, as commands of the server. */
const verbs = {
  verifyYes: { type: "verify", fields: { confirmed: true } },
  verifyNo: { type: "verify", fields: { confirmed: false } },
  checkYes: { type: "check", fields: { passed: true } },
  checkNo: { type: "check", fields: { passed: false } },
  add: { type: "addInformation", fields: {} },
} as const;
type Verb = keyof typeof verbs;

function verbsFor(state: string): Verb[] {
  if (state === "reported" || state === "verifying") return ["verifyYes", "verifyNo", "add"];
  if (state === "responded" || state === "checking") return ["checkYes", "checkNo", "add"];
  return ["add"];
}

function useFacts(record: CaseOnPhone): [string, string][] {
  const { t, language } = useTexts();
  const { state } = usePhone();
  const lead = record.orders.find(
    ({ part, state: order }) => part === "lead" && order !== "returned" && order !== "cancelled",
  );
  const unit = lead && (state.basics.units.find(({ id }) => id === lead.unitId)?.[language] ?? lead.unitId);
  const place = record.place.name ? `${record.place.name} · ` : "";
  return [
    [t.sheet.where, `${place}${record.areaName[language]}`],
    [t.sheet.state, t.states[record.state] ?? record.state],
    [t.sheet.due, dayText(record.dueAt, language)],
    ...(unit ? [[t.sheet.unit, unit] as [string, string]] : []),
    [t.sheet.number, record.number],
  ];
}

/** What this worker said about the case and the server has not confirmed. */
function Own({ entries }: { entries: Entry[] }) {
  const { t } = useTexts();
  if (entries.length === 0) return null;
  return (
    <p className="quiet">
      {t.sheet.here} {entries.map(({ command }) => t.waiting.kinds[command.type] ?? command.type).join("、")}
    </p>
  );
}

/** One case, with big verbs. */
export function CaseSheet({ record }: { record: CaseOnPhone }) {
  const { t, language } = useTexts();
  const { phone, state } = usePhone();
  const [verb, setVerb] = useState<Verb>();
  const [saved, setSaved] = useState(false);
  const category = state.basics.categories.find(({ id }) => id === record.categoryId)?.[language];
  const light = lightOf(record, state.basics.calendar);
  const facts = useFacts(record);
  const aloud = (): string =>
    [category, record.text, ...facts.slice(0, 3).map(([name, value]) => `${name}，${value}`)].join("。");
  return (
    <article className="sheet">
      <p className="row">
        <a href="#/today" className="button">
          <ArrowLeft aria-hidden size={22} /> {t.sheet.back}
        </a>
        <ReadAloud words={aloud} />
      </p>
      <h1>{category ?? record.number}</h1>
      <p className={`light light-${light}`}>
        {lights[light].shape} {lights[light][language]}
      </p>
      {record.duplicateOf && <p className="problem">{t.sheet.merged}</p>}
      <p className="said">{record.text}</p>
      {saved && (
        <p className="good" role="status">
          {t.sheet.saved}
        </p>
      )}
      <Own entries={state.entries.filter(({ command }) => command.recordId === record.id)} />
      {verb ? (
        <VerbForm
          key={verb}
          record={record}
          verb={verb}
          onDone={(done) => {
            setVerb(undefined);
            setSaved(done);
            if (done) void phone.sync();
          }}
        />
      ) : (
        <div className="verbs">
          {verbsFor(record.state).map((each, i) => (
            <button key={each} type="button" className={i === 0 ? "main" : ""} onClick={() => setVerb(each)}>
              {t.sheet[each]}
            </button>
          ))}
        </div>
      )}
      <Facts facts={facts} />
    </article>
  );
}

type VerbProps = { record: CaseOnPhone; verb: Verb; onDone: (saved: boolean) => void };

function VerbForm({ record, verb, onDone }: VerbProps) {
  const { t } = useTexts();
  const { phone } = usePhone();
  const { draft, problem, setProblem, change, set, finish } = useDraft(`${record.id}/${verb}`);
  const [busy, setBusy] = useState(false);
  const { type, fields } = verbs[verb];
  const give = async (): Promise<void> => {
    const words = type === "addInformation" ? { text: draft.values.note! } : { note: draft.values.note! };
    const photos = draft.media.filter(({ medium }) => medium === "photo").map(({ id }) => id);
    const recordings = draft.media.filter(({ medium }) => medium === "recording").map(({ id }) => id);
    const media = { ...(photos.length && { photos }), ...(recordings.length && { recordings }) };
    await phone.give({ kind: "case", recordId: record.id, type, data: { ...fields, ...words, ...media } }, draft.media);
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    if (await finish(give)) onDone(true);
    else setBusy(false);
  };
  return (
    <form
      className="verb"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      <h2>{t.sheet[verb]}</h2>
      <Problem text={problem} />
      <label>
        {t.sheet.note}
        <textarea
          value={draft.values.note ?? ""}
          required
          maxLength={1000}
          onChange={(event) => set({ note: event.target.value })}
        />
      </label>
      {type !== "check" && (
        <MediaPicker media={draft.media} onMedia={(media) => change({ ...draft, media })} onProblem={setProblem} />
      )}
      <div className="verbs">
        <button className="main" disabled={busy}>
          {t.sheet.save}
        </button>
        <button type="button" onClick={() => onDone(false)}>
          {t.sheet.cancel}
        </button>
      </div>
    </form>
  );
}
