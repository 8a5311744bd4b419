import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { takeReturned } from "./credentials.ts";
import { api } from "./api.ts";
import { Desk } from "./Desk.tsx";
import "./desk.css";
import { LanguageContext, rememberedLanguage, rememberLanguage, type Language } from "./language.tsx";
import { SignIn } from "./SignIn.tsx";
import { deskTexts } from "./texts.ts";

const returned = takeReturned();
const client = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000 } } });

function Gate({ onLanguage }: { onLanguage: () => void }) {
  const session = useQuery({ queryKey: ["session"], queryFn: api.session });
  if (session.isPending) return null;
  if (!session.data?.person)
    return (
      <SignIn
        demo={session.data?.demo ?? false}
        provider={session.data?.identityProvider}
        returned={returned}
        onDone={() => void session.refetch()}
        onLanguage={onLanguage}
      />
    );
  return <Desk session={session.data} returned={returned} onLanguage={onLanguage} />;
}

function Root() {
  const [language, setLanguage] = useState<Language>(rememberedLanguage);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = `${deskTexts[language].title} · ${deskTexts[language].brand}`;
  }, [language]);
  const toggle = (): void => {
    const next = language === "zh" ? "en" : "zh";
    rememberLanguage(next);
    setLanguage(next);
  };
  return (
    <LanguageContext.Provider value={language}>
      <Gate onLanguage={toggle} />
    </LanguageContext.Provider>
  );
}

createRoot(document.getElementById("desk")!).render(
  <QueryClientProvider client={client}>
    <Root />
  </QueryClientProvider>,
);
