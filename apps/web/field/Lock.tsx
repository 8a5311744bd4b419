import { Fingerprint } from "lucide-react";
import { useState } from "react";
import { openByPasskey, openByPin, type OpenedVault, type VaultRow } from "./phone/vaults.ts";
import { PinForm } from "./PinForm.tsx";
import { useTexts } from "./use.tsx";
import { Problem } from "./Problem.tsx";

type Props = {
  vaults: VaultRow[];
  onOpen: (opened: OpenedVault) => Promise<unknown>;
  onAnother: () => void;
  onLanguage: () => void;
};

/** What a phone shows that has owners: their user names and nothing else, until one of them opens his own. */
export function Lock({ vaults, onOpen, onAnother, onLanguage }: Props) {
  const { t } = useTexts();
  const [chosen, setChosen] = useState(vaults.length === 1 ? vaults[0] : undefined);
  const [problem, setProblem] = useState("");
  const byPasskey = async (id: string): Promise<void> => {
    const opened = await openByPasskey(id).catch(() => undefined);
    if (opened) await onOpen(opened);
    else setProblem(t.pin.passkeyFailed);
  };
  return (
    <main className="door">
      {chosen ? (
        <>
          <h1>{chosen.login}</h1>
          <Problem text={problem} />
          <PinForm
            label={t.pin.digits}
            button={t.pin.open}
            onPin={async (pin) => onOpen(await openByPin(chosen.id, pin))}
          />
          {chosen.passkey && (
            <button type="button" className="wide" onClick={() => void byPasskey(chosen.id)}>
              <Fingerprint aria-hidden size={24} /> {t.pin.passkey}
            </button>
          )}
        </>
      ) : (
        <>
          <h1>{t.pin.who}</h1>
          <div className="verbs">
            {vaults.map((vault) => (
              <button key={vault.id} type="button" onClick={() => setChosen(vault)}>
                {vault.login}
              </button>
            ))}
          </div>
        </>
      )}
      <button
        type="button"
        className="plain wide"
        onClick={() => (chosen && vaults.length > 1 ? setChosen(undefined) : onAnother())}
      >
        {t.pin.another}
      </button>
      <button type="button" className="plain wide" onClick={onLanguage}>
        {t.me.other}
      </button>
    </main>
  );
}
