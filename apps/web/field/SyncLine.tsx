import { useState } from "react";
import { momentText } from "../ui/time.ts";
import { Credentials } from "./SignIn.tsx";
import { usePhone, useTexts } from "./use.tsx";

/** Always in sight and in words: what is safe on the phone, what waits, when the server was last heard. */
export function SyncLine() {
  const { t, language } = useTexts();
  const { phone, state } = usePhone();
  const [signing, setSigning] = useState(false);
  const waiting = state.outbox.filter((item) => item.state === "waiting").length;
  const refused = state.outbox.length - waiting;
  const last = state.lastContact
    ? t.sync.last(momentText(new Date(state.lastContact).toISOString(), language))
    : t.sync.never;
  return (
    <header className="sync">
      <p role="status">
        <strong>{state.busy ? t.sync.busy : t.sync.saved(waiting)}</strong> · {last}
      </p>
      {refused > 0 && (
        <p>
          <a href="#/waiting">{t.sync.refused(refused)}</a>
        </p>
      )}
      {state.contact === "unreachable" && <p>{t.sync.unreachable}</p>}
      {state.contact === "signIn" && (
        <div className="sign-again">
          <p>{t.signIn.again}</p>
          {signing ? (
            <Credentials
              onDone={() => {
                setSigning(false);
                void phone.sync();
              }}
            />
          ) : (
            <button type="button" onClick={() => setSigning(true)}>
              {t.signIn.again_go}
            </button>
          )}
        </div>
      )}
    </header>
  );
}
