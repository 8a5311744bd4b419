import { useEffect, useState } from "react";
import { rememberedLooks, showLooks, type Looks } from "./looks.ts";
import { signOut } from "./phone/server.ts";
import { signOutOwed } from "./phone/shared.ts";
import { addPasskey } from "./phone/vaults.ts";
import { WrongPinError } from "./phone/vault.ts";
import { passkeysPossible } from "./phone/passkey.ts";
import { PinForm } from "./PinForm.tsx";
import { usePhone, useTexts } from "./use.tsx";

/** My grids, how the app looks, what is stored, and the last resort when nothing goes out. */
export function Me({ onLanguage }: { onLanguage: () => void }) {
  const { t, language } = useTexts();
  const { state } = usePhone();
  return (
    <>
      <h1>{state.who?.name ?? state.login}</h1>
      <LookButtons onLanguage={onLanguage} />
      <LastResort />
      <HandOver />
      <Storage />
      {passkeysPossible() && <PasskeySetting />}
      <section>
        <h2>{t.me.grids}</h2>
        <ul className="plain-list">
          {state.basics.grids.map((grid) => (
            <li key={grid.code}>
              {grid[language]}
              {grid.vessels?.length ? ` · ${t.me.vessels(grid.vessels.length)}` : ""}
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function LookButtons({ onLanguage }: { onLanguage: () => void }) {
  const { t } = useTexts();
  const [looks, setLooks] = useState(rememberedLooks);
  const change = (part: Partial<Looks>): void => {
    const next = { ...looks, ...part };
    setLooks(next);
    showLooks(next, true);
  };
  return (
    <div className="verbs two">
      <button type="button" aria-pressed={looks.large} onClick={() => change({ large: !looks.large })}>
        {looks.large ? t.me.normal : t.me.large}
      </button>
      <button type="button" aria-pressed={looks.night} onClick={() => change({ night: !looks.night })}>
        {looks.night ? t.me.day : t.me.night}
      </button>
      <button type="button" onClick={onLanguage}>
        {t.me.other}
      </button>
    </div>
  );
}

const megabytes = (bytes = 0): string =>
  bytes > 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;

function Storage() {
  const { t } = useTexts();
  const { phone, state } = usePhone();
  const [space, setSpace] = useState<StorageEstimate>({});
  useEffect(() => void navigator.storage?.estimate?.().then(setSpace), [state]);
  return (
    <section>
      <h2>{t.me.storage(megabytes(space.usage), megabytes((space.quota ?? 0) - (space.usage ?? 0)))}</h2>
      <p>
        {t.me.stored(state.cases.length, state.visits.length)} {state.kept ? t.me.kept : t.me.notKept}
      </p>
      {!state.kept && (
        <button type="button" className="wide" onClick={() => void phone.askToKeep()}>
          {t.me.askKeep}
        </button>
      )}
      <p className="quiet">{t.me.install}</p>
    </section>
  );
}

function PasskeySetting() {
  const { t } = useTexts();
  const { phone } = usePhone();
  const [asking, setAsking] = useState(false);
  const [said, setSaid] = useState("");
  return (
    <section>
      <h2>{t.me.passkeyHead}</h2>
      {said && <p role="status">{said}</p>}
      {asking ? (
        <PinForm
          label={t.pin.digits}
          button={t.me.passkey}
          onPin={async (pin) => {
            setSaid((await addPasskey(phone.id, pin)) ? t.me.passkeyDone : t.me.passkeyFailed);
            setAsking(false);
          }}
        />
      ) : (
        <button type="button" className="wide" onClick={() => setAsking(true)}>
          {t.me.passkey}
        </button>
      )}
    </section>
  );
}

function saveFile(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function LastResort() {
  const { t } = useTexts();
  const { phone, state } = usePhone();
  const [text, setText] = useState<string>();
  const [said, setSaid] = useState("");
  const bring = async (pin: string): Promise<void> => {
    try {
      setSaid(t.me.imported(await phone.imported(text!, pin)));
      void phone.sync();
    } catch (error) {
      if (error instanceof WrongPinError) throw error;
      setSaid(t.me.importBad);
    }
    setText(undefined);
  };
  return (
    <section>
      <h2>{t.me.exportHead}</h2>
      <p>{t.me.exportWhy}</p>
      {said && (
        <p className="good" role="status">
          {said}
        </p>
      )}
      {text !== undefined && <PinForm label={t.me.importPin} button={t.me.import} onPin={bring} />}
      <div className="verbs">
        <button
          type="button"
          onClick={() => void phone.exported().then((file) => saveFile(`linge-${state.login}.json`, file))}
        >
          {t.me.export}
        </button>
        <label className="button">
          {t.me.import}
          <input
            type="file"
            accept="application/json,.json"
            className="visually-hidden"
            onChange={(event) => void event.target.files?.[0]?.text().then(setText)}
          />
        </label>
      </div>
    </section>
  );
}

/** Another worker takes the phone: this one's things stay locked. Or the phone goes back, and is emptied. */
function HandOver() {
  const { t } = useTexts();
  const { phone, state } = usePhone();
  const [said, setSaid] = useState("");
  const start = (): void => {
    location.href = "/field";
    location.reload();
  };
  const handOver = async (): Promise<void> => {
    await signOutOwed(true);
    if ((await signOut()).kind === "ok") await signOutOwed(false);
    start();
  };
  const giveBack = async (): Promise<void> => {
    const left = state.entries.length + state.uploads.length;
    if (left > 0) return setSaid(t.me.wipeBlocked(left));
    if (!confirm(t.me.wipeSure)) return;
    await signOutOwed(true);
    if ((await signOut()).kind === "ok") await signOutOwed(false);
    await phone.leave();
    start();
  };
  return (
    <section>
      <h2>{t.me.handover}</h2>
      <p>{t.me.handoverWhy}</p>
      <button type="button" className="wide" onClick={() => void handOver()}>
        {t.me.handoverGo}
      </button>
      <h2>{t.me.wipeHead}</h2>
      <p>{t.me.wipeWhy}</p>
      {said && (
        <p className="problem" role="alert">
          {said}
        </p>
      )}
      <button type="button" className="danger wide" onClick={() => void giveBack()}>
        {t.me.wipe}
      </button>
    </section>
  );
}
