import { countEntries } from "@linge/sync/outbox/entry.ts";
import { useState, useSyncExternalStore } from "react";
import { momentText } from "../ui/time.ts";
import { newShellWaits, onShell, takeNewShell } from "./shell.ts";
import { Credentials } from "./SignIn.tsx";
import { usePhone, useTexts } from "./use.tsx";

/** Always in sight and in words: what is safe on the phone, what waits, when the server was last heard. */
export function SyncLine() {
  const { t, language } = useTexts();
  const { state } = usePhone();
  const { waiting, held, notAccepted } = countEntries(state.entries);
  const media = state.uploads.filter((upload) => upload.state === "waiting").length;
  const refused = notAccepted + state.uploads.length - media;
  const shell = useSyncExternalStore(onShell, newShellWaits);
  const words = [
    state.busy && t.sync.busy,
    waiting > 0 && t.sync.saved(waiting),
    held > 0 && t.sync.held(held),
    media > 0 && t.sync.media(media),
  ].filter(Boolean);
  const last = state.lastContact ? t.sync.last(momentText(state.lastContact, language)) : t.sync.never;
  const trouble = state.met && t.sync.met[state.met];
  return (
    <header className="sync">
      <p role="status">
        <strong>{words.join(" · ") || t.sync.sent}</strong> · {last}
      </p>
      {refused > 0 && (
        <p>
          <a href="#/waiting">{t.sync.refused(refused)}</a>
        </p>
      )}
      {trouble && <p>{trouble}</p>}
      {shell && (
        <p className="row">
          {t.sync.update}
          <button type="button" onClick={takeNewShell}>
            {t.sync.updateGo}
          </button>
        </p>
      )}
      {(state.met === "signInNeeded" || state.met === "wrongPerson") && <SignInAgain />}
    </header>
  );
}

function SignInAgain() {
  const { t } = useTexts();
  const { phone, state } = usePhone();
  const [signing, setSigning] = useState(false);
  return (
    <div className="sign-again">
      <p>{state.met === "wrongPerson" ? t.signIn.other : t.signIn.again}</p>
      {signing ? (
        <Credentials
          login={state.who?.login}
          onDone={(who) => {
            setSigning(false);
            void phone.signedInAs(who).then(phone.sync);
          }}
        />
      ) : (
        <button type="button" onClick={() => setSigning(true)}>
          {t.signIn.againGo}
        </button>
      )}
    </div>
  );
}
