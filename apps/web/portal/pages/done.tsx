import { dayText } from "../../ui/time.ts";
import type { PageOf } from "../model.ts";
import { Frame } from "../shell.tsx";
import { portalTexts } from "../texts.ts";

export function Done({ page }: { page: PageOf<"done"> }) {
  const t = portalTexts[page.language];
  return (
    <Frame shell={page} title={t.done.title}>
      <h1>{t.done.title}</h1>
      <p>{t.done.number}</p>
      <p className="number">{page.number}</p>
      <p className="hint">{t.done.say}</p>
      <p>
        <strong>{t.done.promise(dayText(page.dueAt, page.language))}</strong> {page.wantsContact && t.done.contact}
      </p>
      <div className="card">
        <p>{t.done.link}</p>
        <img className="qr" src={page.qr} alt={t.done.qr} width="180" height="180" />
        <div className="buttons">
          <a className="button" href={page.link}>
            {t.done.follow}
          </a>
          <a className="button plain" href="/report">
            {t.done.again}
          </a>
        </div>
      </div>
    </Frame>
  );
}
