import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Field } from "./Field.tsx";
import "./field.css";
import { Lock } from "./Lock.tsx";
import { rememberedLooks, showLooks } from "./looks.ts";
import { phoneOf, type Phone } from "./phone/phone.ts";
import { vaultsHere, type OpenedVault, type VaultRow } from "./phone/vaults.ts";
import { SignIn } from "./SignIn.tsx";
import { registerShell } from "./shell.ts";
import { fieldTexts, LanguageContext, PhoneContext, type Language } from "./use.tsx";

const languageKey = "linge-language";
const remembered = (): Language => (document.cookie.includes(`${languageKey}=en`) ? "en" : "zh");

function Root() {
  const [language, setLanguage] = useState<Language>(remembered);
  const [vaults, setVaults] = useState<VaultRow[]>();
  const [joining, setJoining] = useState(false);
  const [phone, setPhone] = useState<Phone>();
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = `${fieldTexts[language].title} · ${fieldTexts[language].brand}`;
    document.cookie = `${languageKey}=${language};path=/;max-age=31536000;samesite=lax`;
  }, [language]);
  useEffect(() => void vaultsHere().then(setVaults), []);
  const onLanguage = (): void => setLanguage(language === "zh" ? "en" : "zh");
  const onOpen = async (opened: OpenedVault): Promise<Phone> => {
    const made = await phoneOf(opened);
    setPhone(made);
    return made;
  };
  if (vaults === undefined) return null;
  return (
    <LanguageContext.Provider value={language}>
      {phone ? (
        <PhoneContext.Provider value={phone}>
          <Field onLanguage={onLanguage} />
        </PhoneContext.Provider>
      ) : vaults.length > 0 && !joining ? (
        <Lock vaults={vaults} onOpen={onOpen} onAnother={() => setJoining(true)} onLanguage={onLanguage} />
      ) : (
        <SignIn
          onOpen={onOpen}
          onBack={vaults.length > 0 ? () => setJoining(false) : undefined}
          onLanguage={onLanguage}
        />
      )}
    </LanguageContext.Provider>
  );
}

showLooks(rememberedLooks());
createRoot(document.getElementById("field")!).render(<Root />);
registerShell();
