import { caseLabels } from "@linge/domain/case/labels.ts";
import { photosOf } from "@linge/domain/case/record.ts";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { momentText } from "../ui/time.ts";
import { Actions } from "./Actions.tsx";
import { api } from "./api.ts";
import { Answers } from "./Answers.tsx";
import { CaseLine } from "./CaseLine.tsx";
import { LightMark } from "./CaseList.tsx";
import { useTexts } from "./language.tsx";
import { useCategories } from "./names.ts";
import { Orders } from "./Orders.tsx";
import { Reporter } from "./Reporter.tsx";
import { Routing } from "./Routing.tsx";
import { Similar } from "./Similar.tsx";
import { Timeline } from "./Timeline.tsx";
import { WhistleCalls } from "./WhistleCalls.tsx";

const CaseMap = lazy(() => import("./CaseMap.tsx"));
const Letter = lazy(async () => ({ default: (await import("./Letter.tsx")).Letter }));

type Props = { id: string; onOpen: (id: string) => void; onClose: () => void };

/** How much time is left, or by how much it is late, in the largest unit that says it. */
function useTimeLeft(): (dueAt: string) => string {
  const { t } = useTexts();
  return (dueAt) => {
    const hours = Math.round((Date.parse(dueAt) - Date.now()) / 3_600_000);
    const [amount, unit] = Math.abs(hours) >= 48 ? [Math.round(hours / 24), t.days] : [hours, t.hours];
    return hours < 0 ? t.late(`${-amount} ${unit}`) : t.left(`${amount} ${unit}`);
  };
}

export function CasePage({ id, onOpen, onClose }: Props) {
  const { t, language } = useTexts();
  const { nameOf } = useCategories();
  const timeLeft = useTimeLeft();
  const [letter, setLetter] = useState(false);
  const found = useQuery({ queryKey: ["case", id], queryFn: () => api.case(id) });
  if (found.isPending) return <p className="empty">{t.loading}</p>;
  if (found.isError)
    return (
      <div className="empty" role="alert">
        <p>{found.error.message}</p>
        <button onClick={() => void found.refetch()}>{t.retry}</button>
      </div>
    );
  const view = found.data;
  const record = view.case;
  const { lon, lat, name } = record.place;
  const { light } = view.row;
  const running = light === "green" || light === "yellow" || light === "red";
  return (
    <article className="case">
      <button className="back" onClick={onClose}>
        ← {t.back}
      </button>
      <h2 className="title">
        <span className="number">{record.number}</span> {caseLabels[language].state[record.state]}{" "}
        <LightMark light={light} language={language} />
        {view.row.synthetic && <span className="mark synthetic">{t.synthetic}</span>}
      </h2>
      <p className="said">{record.text || <span className="quiet">{t.wordsRemoved}</span>}</p>
      <Actions view={view} />
      {view.similar.length > 0 && <Similar view={view} onOpen={onOpen} />}
      <dl className="facts">
        <dt>{t.category}</dt>
        <dd>
          {nameOf(record.categoryId)} · {t.kinds[record.kind]}
        </dd>
        <Answers record={record} />
        <dt>{t.area}</dt>
        <dd>{view.path.map((area) => area[language]).join(" › ")}</dd>
        {name && (
          <>
            <dt>{t.place}</dt>
            <dd>{name}</dd>
          </>
        )}
        <dt>{t.reported}</dt>
        <dd>
          {momentText(record.reportedAt, language)} · {t.channels[record.channel]}
        </dd>
        <dt>{t.due}</dt>
        <dd>
          {momentText(record.dueAt, language)}
          {running && <span className="quiet"> · {timeLeft(record.dueAt)}</span>}
        </dd>
        <dt>{t.reporter}</dt>
        <dd>
          <Reporter record={record} />{" "}
          {record.untold && (
            <button className="link" onClick={() => setLetter(!letter)}>
              {t.letter}
            </button>
          )}
        </dd>
        <Routing view={view} />
      </dl>
      {letter && (
        <Suspense fallback={<p className="quiet">{t.loading}</p>}>
          <Letter view={view} onClose={() => setLetter(false)} />
        </Suspense>
      )}
      <Orders view={view} />
      <WhistleCalls record={record} />
      {photosOf(record).length > 0 && (
        <div className="photos">
          {photosOf(record).map((photo) => (
            <a key={photo} href={`/photos/${photo}`} target="_blank" rel="noreferrer">
              <img src={`/photos/${photo}?size=small`} alt={t.photos} />
            </a>
          ))}
        </div>
      )}
      {record.recordings?.map((recording) => (
        <figure key={recording} className="recording">
          <figcaption>{t.recording}</figcaption>
          <audio controls preload="none" src={`/recordings/${recording}`} aria-label={t.recording} />
        </figure>
      ))}
      <h3>{t.history}</h3>
      <Timeline view={view} />
      {lon !== undefined && lat !== undefined && (
        <>
          <h3>{t.map}</h3>
          <Suspense fallback={<div className="map" />}>
            <CaseMap
              lon={lon}
              lat={lat}
              near={view.neighbours.flatMap(({ place, number }) =>
                place?.lon !== undefined && place.lat !== undefined ? [{ lon: place.lon, lat: place.lat, number }] : [],
              )}
            />
          </Suspense>
          <p className="quiet">{t.indicative}</p>
        </>
      )}
      {view.neighbours.length > 0 && (
        <>
          <h3>{t.near}</h3>
          <ul className="plain near">
            {view.neighbours.map((row) => (
              <CaseLine key={row.id} row={row} onOpen={onOpen} />
            ))}
          </ul>
        </>
      )}
    </article>
  );
}
