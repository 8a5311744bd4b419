import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { Field } from "./Field.tsx";
import "./field.css";
import { lockedPhone, type Phone } from "./phone/phone.ts";
import { Lock } from "./Lock.tsx";
import { SignIn } from "./SignIn.tsx";
import { fieldTexts } from "./texts.ts";
import { LanguageContext, PhoneContext, type Language } from "./use.tsx";

const languageKey = "linge-language";
const remembered = (): Language => (document.cookie.includes(`${languageKey}=en`) ? "en" : "zh");

function Root() {
  const [language, setLanguage] = useState<Language>(remembered);
  const [locked, setLocked] = useState<{ login: string } | null>();
  const [phone, setPhone] = useState<Phone>();
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = `${fieldTexts[language].title} · ${fieldTexts[language].brand}`;
    document.cookie = `${languageKey}=${language};path=/;max-age=31536000;samesite=lax`;
  }, [language]);
  useEffect(() => void lockedPhone().then((found) => setLocked(found ?? null)), []);
  const onLanguage = (): void => setLanguage(language === "zh" ? "en" : "zh");
  if (locked === undefined) return null;
  return (
    <LanguageContext.Provider value={language}>
      {phone ? (
        <PhoneContext.Provider value={phone}>
          <Field onLanguage={onLanguage} />
        </PhoneContext.Provider>
      ) : locked ? (
        <Lock login={locked.login} onOpen={setPhone} onLanguage={onLanguage} />
      ) : (
        <SignIn onOpen={setPhone} onLanguage={onLanguage} />
      )}
    </LanguageContext.Provider>
  );
}

document.documentElement.classList.toggle("large", localStorage.getItem("linge-large") === "1");
createRoot(document.getElementById("field")!).render(<Root />);

// The shell is kept on the phone, so that it opens where there is no signal.
if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/field/sw.js", { scope: "/field" });
