import { dayText } from "../../ui/time.ts";
import type { PageOf } from "../model.ts";
import { Frame, Trouble } from "../shell.tsx";
import { portalTexts } from "../texts.ts";
import { Answer, OtherSteps, RatingForm } from "./followForms.tsx";
import { History } from "./history.tsx";
import { LightMark } from "./list.tsx";
import { OwnDataPart } from "./privacy.tsx";
import { ReceiptPart } from "./receipt.tsx";

type Props = { page: PageOf<"follow"> };

/** The promise as it stands, also when it was not kept. */
function Promised({ page }: Props) {
  const t = portalTexts[page.language].follow;
  const { light, dueAt, suspendedSince, suspendedBecause, extendedBecause, contactBy } = page.case;
  const day = dayText(dueAt, page.language);
  if (light === "done") return null;
  return (
    <>
      {light === "paused" && (
        <p className="card">{t.paused(dayText(suspendedSince!, page.language), suspendedBecause)}</p>
      )}
      {light === "red" && <p className="problem">{t.overdue(day)}</p>}
      {light !== "paused" && light !== "red" && (
        <p className="promise">
          {t.due(day)} <LightMark item={page.case} language={page.language} />
        </p>
      )}
      {extendedBecause && <p>{t.extended(extendedBecause)}</p>}
      {contactBy && <p>{t.contactBy(dayText(contactBy, page.language))}</p>}
    </>
  );
}

/** How it stands, what happens next, and what became of what the resident said of it. */
function Standing({ page }: Props) {
  const t = portalTexts[page.language].follow;
  const item = page.case;
  const next = t.next[item.state]?.(item.leadUnit?.[page.language] ?? t.unit);
  return (
    <>
      <Promised page={page} />
      {next && <p>{next}</p>}
      {item.parent && <p>{t.joined(item.parent)}</p>}
      {item.ended && (
        <p className="card">
          {t.ended(item.ended.reason)}
          {item.ended.channel && (
            <>
              <br />
              <strong>{t.channel(item.ended.channel)}</strong>
            </>
          )}
        </p>
      )}
      {item.reopening && !item.reopening.decided && <p className="notice">{t.reopenAsked}</p>}
      {item.reopening?.decided && !item.reopening.decided.granted && (
        <p className="card">{t.reopenRefused(item.reopening.decided.reason)}</p>
      )}
      {item.rating && (
        <p className="notice">{t.rated(item.rating.resolved, t.levels[item.rating.satisfaction - 1]!)}</p>
      )}
      {item.rateUntil && <p>{item.ratingOpen ? t.rateUntil(dayText(item.rateUntil, page.language)) : t.rateOver}</p>}
    </>
  );
}

function Facts({ page }: Props) {
  const t = portalTexts[page.language].follow;
  const item = page.case;
  const { lon, name } = item.place ?? {};
  const place = [item.areaName[page.language], name].filter(Boolean).join(" ");
  const facts: [string, string][] = [
    [t.said, item.fullText],
    [t.category, item.categoryName],
    [t.place, lon === undefined && !name ? `${place} (${t.placeUnknown})` : place],
    [t.unit, item.leadUnit?.[page.language] ?? t.nobodyYet],
    ...(item.assisting.length ? [[t.assisting, item.assisting.join("、")] as [string, string]] : []),
  ];
  return (
    <dl className="facts">
      {facts.map(([name_, fact]) => (
        <div key={name_}>
          <dt>{name_}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

function Photos({ page }: Props) {
  const t = portalTexts[page.language].follow;
  return (
    <div className="photos">
      {page.case.photos.map((id, i) => (
        <a key={id} href={`/photos/${id}?link=${page.token}`}>
          <img src={`/photos/${id}?size=small&link=${page.token}`} alt={t.photoOf(i + 1)} loading="lazy" />
        </a>
      ))}
    </div>
  );
}

export function Follow({ page }: Props) {
  const t = portalTexts[page.language].follow;
  return (
    <Frame shell={page} title={t.title(page.case.number)}>
      <p className="step">{t.title(page.case.number)}</p>
      <h1>{t.states[page.case.state]}</h1>
      {page.notice && (
        <p className="notice" role="status">
          {page.notice}
        </p>
      )}
      <Trouble problem={page.problem} />
      <Standing page={page} />
      <Answer page={page} />
      {page.case.ratingOpen && <RatingForm page={page} />}
      <Facts page={page} />
      {page.case.photos.length > 0 && <Photos page={page} />}
      <OtherSteps page={page} />
      <h2>{t.history}</h2>
      <History events={page.timeline} language={page.language} unitNames={page.unitNames} />
      <ReceiptPart page={page} />
      <OwnDataPart language={page.language} looks={page.looks} token={page.token} />
    </Frame>
  );
}
