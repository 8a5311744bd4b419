import { useState } from "react";
import { account, useAccountTexts } from "./credentials.ts";
import { AskForm } from "./AskForm.tsx";

type Step = "rest" | "password" | "end" | { ticket: string; secret: string; qr: string };

/** Codes of an authenticator: turned on with a first code, off with a last one. */
export function OneTimeCodes({ on, onChange }: { on: boolean; onChange: (said: string) => void }) {
  const t = useAccountTexts();
  const [step, setStep] = useState<Step>("rest");
  const finish = async (enrolment: { ticket: string; secret: string; qr: string }, code: string): Promise<void> => {
    const { enrolled, ticket } = await account.finishTotp(enrolment.ticket, code);
    if (!enrolled) {
      setStep({ ...enrolment, ticket: ticket! });
      throw new Error(t.slip);
    }
    setStep("rest");
    onChange(t.enrolled);
  };
  return (
    <section aria-label={t.totp}>
      <h3>{t.totp}</h3>
      <p className="quiet">{on ? t.totpOn : t.totpOff}</p>
      {step === "rest" && (
        <button onClick={() => setStep(on ? "end" : "password")}>{on ? t.totpEnd : t.totpStart}</button>
      )}
      {step === "password" && (
        <AskForm
          label={t.password}
          button={t.go}
          kind="password"
          onAnswer={async (password) => setStep(await account.startTotp(password))}
        />
      )}
      {step === "end" && (
        <AskForm
          label={t.code}
          button={t.totpEnd}
          kind="code"
          onAnswer={async (code) => {
            await account.endTotp(code);
            setStep("rest");
            onChange(t.ended);
          }}
        />
      )}
      {typeof step === "object" && (
        <>
          <p>{t.scan}</p>
          <img src={step.qr} alt={t.qr} width={240} height={240} />
          <p>
            {t.secret} <code className="secret">{step.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
          </p>
          <AskForm label={t.code} button={t.confirm} kind="code" onAnswer={(code) => finish(step, code)} />
        </>
      )}
    </section>
  );
}
