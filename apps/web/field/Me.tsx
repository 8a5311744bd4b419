import { useEffect, useState } from "react";
import { signOut } from "./phone/server.ts";
import { usePhone, useTexts } from "./use.tsx";

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;

function save(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** My grids, how the app looks, what is stored, and the last resort when nothing goes out. */
export function Me({ onLanguage }: { onLanguage: () => void }) {
  const { t, language } = useTexts();
  const { phone, state } = usePhone();
  const [used, setUsed] = useState("");
  const [kept, setKept] = useState(state.kept);
  const [said, setSaid] = useState("");
  const [large, setLarge] = useState(() => document.documentElement.classList.contains("large"));
  useEffect(() => {
    void navigator.storage?.estimate?.().then(({ usage }) => setUsed(megabytes(usage ?? 0)));
  }, []);
  const bring = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    try {
      setSaid(t.me.imported(await phone.imported(await file.text())));
      await phone.sync();
    } catch {
      setSaid(t.me.importBad);
    }
  };
  const handOver = async (): Promise<void> => {
    if (state.outbox.length > 0) return setSaid(t.me.handoverBlocked(state.outbox.length));
    if (!confirm(t.me.handoverSure)) return;
    await signOut();
    await phone.wipe();
    location.href = "/field";
  };
  return (
    <>
      <h1>{state.who.name}</h1>
      <div className="verbs two">
        <button
          type="button"
          aria-pressed={large}
          onClick={() => {
            document.documentElement.classList.toggle("large", !large);
            localStorage.setItem("linge-large", large ? "" : "1");
            setLarge(!large);
          }}
        >
          {large ? t.me.normal : t.me.large}
        </button>
        <button type="button" onClick={onLanguage}>
          {t.me.other}
        </button>
      </div>
      <section>
        <h2>{t.me.grids}</h2>
        <ul className="plain-list">
          {state.grids.map(({ properties }) => (
            <li key={properties.code}>
              {properties[language]}
              {properties.vessels ? ` · ${t.me.vessels(properties.vessels)}` : ""}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t.me.storage(used)}</h2>
        <p>{kept ? t.me.kept : t.me.notKept}</p>
        {!kept && (
          <button type="button" onClick={() => void navigator.storage?.persist?.().then(setKept)}>
            {t.me.askKeep}
          </button>
        )}
        <p className="quiet">{t.me.install}</p>
      </section>
      {said && (
        <p className="good" role="status">
          {said}
        </p>
      )}
      <section>
        <h2>{t.me.exportHead}</h2>
        <p>{t.me.exportWhy}</p>
        <div className="verbs">
          <button
            type="button"
            onClick={() => void phone.exported().then((text) => save(`linge-${state.who.login}.json`, text))}
          >
            {t.me.export}
          </button>
          <label className="button">
            {t.me.import}
            <input
              type="file"
              accept="application/json,.json"
              className="visually-hidden"
              onChange={(event) => void bring(event.target.files?.[0])}
            />
          </label>
        </div>
      </section>
      <section>
        <h2>{t.me.handover}</h2>
        <p>{t.me.handoverWhy}</p>
        <button type="button" className="danger" onClick={() => void handOver()}>
          {t.me.wipe}
        </button>
      </section>
    </>
  );
}
