import { momentText } from "../ui/time.ts";
import { usePhone, useTexts } from "./use.tsx";

/** What has not arrived yet, and what was not accepted and why: nothing is dropped unless the worker says so. */
export function Waiting() {
  const { t, language } = useTexts();
  const { phone, state } = usePhone();
  const retry = async (id: string): Promise<void> => {
    await phone.again(state.outbox.find((item) => item.id === id)!);
    await phone.sync();
  };
  return (
    <>
      <h1>{t.waiting.head}</h1>
      {state.outbox.length === 0 && <p className="empty">{t.waiting.none}</p>}
      {state.outbox.length > 0 && (
        <button type="button" className="main" disabled={state.busy} onClick={() => void phone.sync()}>
          {t.sync.now}
        </button>
      )}
      <ul className="cards">
        {state.outbox.map((item) => (
          <li key={item.id} className={`card ${item.state}`}>
            <b>
              {t.waiting.kinds[item.type]}：{item.title}
            </b>
            <span className="words">{String(item.body.text ?? item.body.note ?? "")}</span>
            <span className="quiet">
              {momentText(item.at, language)}
              {item.photos.length > 0 && ` · ${t.sheet.photos(item.photos.length)}`}
            </span>
            {item.state === "waiting" ? (
              <span>{t.waiting.waiting}</span>
            ) : (
              <>
                <span className="problem">
                  {t.waiting.notAccepted}
                  {item.reason}
                </span>
                <span className="verbs">
                  {item.type === "report" && (
                    <a className="button" href={`#/report/${item.id}`}>
                      {t.waiting.edit}
                    </a>
                  )}
                  <button type="button" onClick={() => void retry(item.id)}>
                    {t.waiting.again}
                  </button>
                  <button
                    type="button"
                    onClick={() => {
                      if (confirm(t.waiting.dropSure)) void phone.giveUp(item);
                    }}
                  >
                    {t.waiting.drop}
                  </button>
                </span>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
