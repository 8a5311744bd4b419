import type { Entry } from "@linge/sync/outbox/entry.ts";
import type { Upload } from "@linge/sync/photo/upload.ts";
import { useState } from "react";
import { momentText } from "../ui/time.ts";
import { reasonText } from "./reason.ts";
import { ReadAloud } from "./speech.tsx";
import { usePhone, useTexts } from "./use.tsx";

function useTitle(): (entry: Entry) => string {
  const { language } = useTexts();
  const { state } = usePhone();
  return ({ command: { type, data, kind, recordId } }) => {
    if (kind === "visit")
      return (
        (data.fields as { door?: string } | undefined)?.door ??
        state.visits.find(({ id }) => id === recordId)?.values.door ??
        ""
      );
    if (type === "report") return String(data.text ?? "").slice(0, 40);
    const record = state.cases.find(({ id }) => id === recordId);
    return state.basics.categories.find(({ id }) => id === record?.categoryId)?.[language] ?? record?.number ?? "";
  };
}

/** What has not arrived yet, and what was not accepted and why: nothing is dropped unless the worker says so. */
export function Waiting() {
  const { t } = useTexts();
  const { phone, state } = usePhone();
  const titleOf = useTitle();
  const refused = state.entries.filter((entry) => entry.state === "notAccepted");
  const others = state.entries.filter((entry) => entry.state !== "notAccepted");
  const nothing = state.entries.length + state.uploads.length === 0;
  return (
    <>
      <h1>{t.waiting.head}</h1>
      {nothing && <p className="empty">{t.waiting.none}</p>}
      <div className="verbs two">
        <button type="button" className="main" disabled={state.busy} onClick={() => void phone.sync()}>
          {t.sync.now}
        </button>
        <ReadAloud
          words={() =>
            [...refused, ...others]
              .slice(0, 8)
              .map((entry) => `${t.waiting.kinds[entry.command.type] ?? ""}，${titleOf(entry)}`)
              .join("。") || t.waiting.none
          }
        />
      </div>
      {refused.length > 0 && <p className="quiet">{t.waiting.notCounted}</p>}
      <ul className="cards">
        {[...refused, ...others].map((entry) => (
          <Item key={entry.key} entry={entry} title={titleOf(entry)} />
        ))}
      </ul>
      {state.uploads.length > 0 && (
        <section>
          <h2>{t.waiting.media}</h2>
          <ul className="cards">
            {state.uploads.map((upload) => (
              <UploadItem key={upload.id} upload={upload} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Standing({ entry }: { entry: Entry }) {
  const { t, language } = useTexts();
  if (entry.state === "notAccepted")
    return (
      <span className="problem">
        {t.waiting.notAccepted}
        {entry.reason && reasonText(entry.reason, language)}
      </span>
    );
  if (entry.state === "held" && entry.until) {
    const until = momentText(entry.until, language);
    return <span>{entry.why === "needsNewerServer" ? t.waiting.parked(until) : t.waiting.held(until)}</span>;
  }
  return <span>{entry.state === "sent" && entry.tries > 0 ? t.waiting.sent : t.waiting.waiting}</span>;
}

function Item({ entry, title }: { entry: Entry; title: string }) {
  const { t, language } = useTexts();
  const { command, state } = entry;
  const words = String(command.data.note ?? (command.type === "report" ? "" : (command.data.text ?? "")));
  const photos = (command.data.photos as string[] | undefined)?.length ?? 0;
  const recordings = (command.data.recordings as string[] | undefined)?.length ?? 0;
  return (
    <li className={`card ${state}`}>
      <b>
        {t.waiting.kinds[command.type] ?? command.type}：{title}
      </b>
      {words && <span className="words">{words}</span>}
      <span className="quiet">
        {momentText(command.at, language)}
        {photos > 0 && ` · ${t.sheet.photos(photos)}`}
        {recordings > 0 && ` · ${t.sheet.recordings(recordings)}`}
      </span>
      <Standing entry={entry} />
      {state === "notAccepted" && <Remedies entry={entry} />}
    </li>
  );
}

/** What its worker can do about something that was not accepted. */
function Remedies({ entry }: { entry: Entry }) {
  const { t } = useTexts();
  const { phone } = usePhone();
  const [words, setWords] = useState<string>();
  const { id, type, kind, recordId, data } = entry.command;
  const key = type === "addInformation" ? "text" : "note";
  const elsewhere = type === "report" ? `#/report/${id}` : kind === "visit" ? `#/visit/${recordId}/${id}` : undefined;
  const send = (changed: typeof data): void => void phone.amend(entry, changed).then(phone.sync);
  if (words !== undefined)
    return (
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send({ ...data, [key]: words });
        }}
      >
        <label>
          {t.sheet.note}
          <textarea required maxLength={1000} value={words} onChange={(event) => setWords(event.target.value)} />
        </label>
        <button className="main">{t.sheet.save}</button>
      </form>
    );
  return (
    <span className="verbs">
      {elsewhere ? (
        <a className="button" href={elsewhere}>
          {t.waiting.edit}
        </a>
      ) : (
        <button type="button" onClick={() => setWords(String(data[key] ?? ""))}>
          {t.waiting.edit}
        </button>
      )}
      <button type="button" onClick={() => send(data)}>
        {t.waiting.again}
      </button>
      <button
        type="button"
        onClick={() => {
          if (confirm(t.waiting.dropSure)) void phone.setAside(entry);
        }}
      >
        {t.waiting.drop}
      </button>
    </span>
  );
}

function UploadItem({ upload }: { upload: Upload }) {
  const { t, language } = useTexts();
  const { phone } = usePhone();
  return (
    <li className={`card ${upload.state}`}>
      <b>{upload.medium === "photo" ? t.waiting.photo : t.waiting.recording}</b>
      {upload.state === "notAccepted" ? (
        <>
          <span className="problem">
            {t.waiting.notAccepted}
            {reasonText({ code: upload.reason ?? "", params: {} }, language)}
          </span>
          <span className="verbs">
            <button type="button" onClick={() => void phone.retryUpload(upload).then(phone.sync)}>
              {t.waiting.again}
            </button>
            <button
              type="button"
              onClick={() => {
                if (confirm(t.waiting.dropSure)) void phone.dropUpload(upload);
              }}
            >
              {t.waiting.drop}
            </button>
          </span>
        </>
      ) : (
        <span className="quiet">{t.waiting.mediaWaiting(Math.floor((100 * upload.offset) / upload.bytes))}</span>
      )}
    </li>
  );
}
