import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { PortalPage, QuestionsPart } from "./model.ts";
import { Questions } from "./pages/category.tsx";
import { Done } from "./pages/done.tsx";
import { Figures } from "./pages/figures.tsx";
import { Follow } from "./pages/follow.tsx";
import { Home } from "./pages/home.tsx";
import { List, PublicCase } from "./pages/list.tsx";
import { OpenData } from "./pages/openData.tsx";
import { OwnData, PrivacyNotice } from "./pages/ownData.tsx";
import { Privacy } from "./pages/privacy.tsx";
import { Me, SignIn } from "./pages/me.tsx";
import { Month } from "./pages/month.tsx";
import { About, Find, Message } from "./pages/plain.tsx";
import { Plan, Plans } from "./plans/pages.tsx";
import { More, What, Where } from "./pages/report.tsx";

function elementOf(page: PortalPage): ReactElement {
  switch (page.page) {
    case "home":
      return <Home page={page} />;
    case "what":
      return <What page={page} />;
    case "where":
      return <Where page={page} />;
    case "more":
      return <More page={page} />;
    case "done":
      return <Done page={page} />;
    case "follow":
      return <Follow page={page} />;
    case "find":
      return <Find page={page} />;
    case "list":
      return <List page={page} />;
    case "case":
      return <PublicCase page={page} />;
    case "figures":
      return <Figures page={page} />;
    case "month":
      return <Month page={page} />;
    case "about":
      return <About page={page} />;
    case "plans":
      return <Plans page={page} />;
    case "plan":
      return <Plan page={page} />;
    case "signIn":
      return <SignIn page={page} />;
    case "me":
      return <Me page={page} />;
    case "privacy":
      return <Privacy page={page} />;
    case "ownData":
      return <OwnData page={page} />;
    case "privacyNotice":
      return <PrivacyNotice page={page} />;
    case "openData":
      return <OpenData page={page} />;
    case "message":
      return <Message page={page} />;
  }
}

/** A whole HTML document for a page of the portal; it works as it is, scripts only make it better. */
export function renderPortal(page: PortalPage): string {
  return `<!doctype html>${renderToStaticMarkup(elementOf(page))}`;
}

/** The questions of a category alone, for a page that is open already. */
export function renderQuestions(part: QuestionsPart): string {
  return renderToStaticMarkup(<Questions {...part} answers={{}} />);
}
