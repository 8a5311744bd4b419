import { dayText } from "../../ui/time.ts";
import type { PageOf } from "../model.ts";
import { Frame } from "../shell.tsx";
import { portalTexts } from "../texts.ts";

export function Done({ page }: { page: PageOf<"done"> }) {
  const t = portalTexts[page.language].done;
  return (
    <Frame shell={page} title={t.title}>
      <div data-finished>
        <h1>{t.title}</h1>
        <p className="label">{t.number}</p>
        <p className="number">{page.number}</p>
        <p className="hint">{t.say}</p>
        <p className="promise">{t.promise(dayText(page.dueAt, page.language))}</p>
        <h2>{t.next}</h2>
        <ol className="how">
          {t.nextSteps(page.wantsContact).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <div className="card keep">
          <div>
            <h2>{t.keep}</h2>
            <p>{t.link}</p>
            <p>{page.digits ? t.digits(page.digits) : t.noDigits}</p>
          </div>
          <img className="qr" src={page.qr} alt={t.qr} width="180" height="180" />
          <div className="buttons" data-copy={page.whole} data-texts={JSON.stringify([t.copy, t.copied])}>
            <a className="button" href={page.link}>
              {t.follow}
            </a>
          </div>
        </div>
        <a className="button plain" href="/report">
          {t.again}
        </a>
      </div>
    </Frame>
  );
}
