import type { CaseRow } from "@linge/server/features/cases/queries.ts";
import { ArrowLeft, Volume2 } from "lucide-react";
import { useEffect, useState } from "react";
import { lights } from "../ui/light.ts";
import { dayText } from "../ui/time.ts";
import { PhotoPicker } from "./PhotoPicker.tsx";
import { usePhone, useTexts } from "./use.tsx";

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

/** One case, with big verbs. */
export function CaseSheet({ row }: { row: CaseRow }) {
  const { t, language } = useTexts();
  const { phone, state } = usePhone();
  const [verb, setVerb] = useState<Verb>();
  const [saved, setSaved] = useState(false);
  const category = state.categories.find(({ id }) => id === row.categoryId)?.[language];
  const mine = state.outbox.filter(({ caseId }) => caseId === row.id);
  const light = lights[row.light];
  const place = row.place?.name ?? row.areaName[language];
  const facts: [string, string][] = [
    [t.sheet.where, `${place} · ${row.areaName[language]}`],
    [t.sheet.state, t.states[row.state] ?? row.state],
    [t.sheet.due, dayText(row.dueAt, language)],
    ...(row.leadUnit ? [[t.sheet.unit, row.leadUnit[language]] as [string, string]] : []),
    [t.sheet.number, row.number],
  ];
  const aloud = [category, row.text, ...facts.slice(0, 3).map(([name, value]) => `${name}，${value}`)].join("。");
  const read = (): void => {
    const speech = new SpeechSynthesisUtterance(aloud);
    speech.lang = language === "zh" ? "zh-CN" : "en-GB";
    speechSynthesis.cancel();
    speechSynthesis.speak(speech);
  };
  return (
    <article className="sheet">
      <p className="row">
        <a href="#/today" className="button">
          <ArrowLeft aria-hidden size={22} /> {t.sheet.back}
        </a>
        {"speechSynthesis" in window && (
          <button type="button" onClick={read}>
            <Volume2 aria-hidden size={22} /> {t.sheet.read}
          </button>
        )}
      </p>
      <h1>{category ?? row.number}</h1>
      <p className={`light light-${row.light}`}>
        {light.shape} {light[language]}
      </p>
      <p className="said">{row.text}</p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {saved && (
        <p className="good" role="status">
          {t.sheet.saved}
        </p>
      )}
      {mine.length > 0 && (
        <p className="quiet">
          {t.sheet.here} {mine.map((item) => t.waiting.kinds[item.type]).join("、")}
        </p>
      )}
      {verb ? (
        <VerbForm
          key={verb}
          row={row}
          verb={verb}
          title={category ?? row.number}
          onDone={(done) => {
            setVerb(undefined);
            setSaved(done);
            if (done) void phone.sync();
          }}
        />
      ) : (
        <div className="verbs">
          {verbsFor(row.state).map((each, i) => (
            <button key={each} type="button" className={i === 0 ? "main" : ""} onClick={() => setVerb(each)}>
              {t.sheet[each]}
            </button>
          ))}
        </div>
      )}
    </article>
  );
}

function VerbForm({
  row,
  verb,
  title,
  onDone,
}: {
  row: CaseRow;
  verb: Verb;
  title: string;
  onDone: (saved: boolean) => void;
}) {
  const { t } = useTexts();
  const { phone } = usePhone();
  const [note, setNote] = useState("");
  const [photos, setPhotos] = useState<ArrayBuffer[]>([]);
  const [problem, setProblem] = useState("");
  // Made once for the form: two taps on the button keep one thing.
  const [id] = useState(() => crypto.randomUUID() as string);
  const draft = `${row.id}/${verb}`;
  useEffect(() => void phone.draft(draft).then((kept) => kept.note && setNote(kept.note)), [phone, draft]);
  const { type, fields } = verbs[verb];
  const save = async (): Promise<void> => {
    try {
      const words = type === "addInformation" ? { text: note } : { note };
      await phone.give({ id, caseId: row.id, type, body: { ...fields, ...words }, title }, photos);
      await phone.keepDraft(draft, {});
      onDone(true);
    } catch {
      setProblem(t.sheet.full);
    }
  };
  return (
    <form
      className="verb"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <h2>{t.sheet[verb]}</h2>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <label>
        {t.sheet.note}
        <textarea
          value={note}
          required
          maxLength={1000}
          onChange={(event) => {
            setNote(event.target.value);
            void phone.keepDraft(draft, { note: event.target.value });
          }}
        />
      </label>
      {type !== "check" && <PhotoPicker photos={photos} onPhotos={setPhotos} />}
      <div className="verbs">
        <button className="main">{t.sheet.save}</button>
        <button type="button" onClick={() => onDone(false)}>
          {t.sheet.cancel}
        </button>
      </div>
    </form>
  );
}
