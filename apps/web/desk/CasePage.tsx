import { caseLabels } from "@linge/domain/case/labels.ts";
import { explain } from "@linge/domain/error/catalogue.ts";
import type { FollowingCommand } from "@linge/domain/case/command.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { deskEvents } from "./events.ts";
import { momentText } from "../ui/time.ts";
import { api, type CaseView } from "./api.ts";
import { LightMark, useCategoryNames } from "./CaseList.tsx";
import { CommandForm } from "./CommandForm.tsx";
import { commandFields } from "./commands.ts";
import { useTexts } from "./language.tsx";
import { Reporter } from "./Reporter.tsx";

const CaseMap = lazy(() => import("./CaseMap.tsx"));

function useUnitNames(): (id: string) => string {
  const { language } = useTexts();
  const units = useQuery({ queryKey: ["units"], queryFn: api.units, staleTime: 600_000 });
  const names = new Map(units.data?.units.map((unit) => [unit.id, unit[language]]));
  return (id) => names.get(id) ?? id;
}

function Actions({ view }: { view: CaseView }) {
  const { t, language } = useTexts();
  const client = useQueryClient();
  const [type, setType] = useState<FollowingCommand["type"]>();
  const [problem, setProblem] = useState("");
  const known = view.allowed.filter((each) => commandFields[each.type]);
  const send = async (command: Record<string, unknown>): Promise<void> => {
    try {
      if (command.type === "mergeInto") command.parentId = await idOf(String(command.parentId));
      await api.command(view.case.id, command);
      setType(undefined);
      setProblem("");
      await client.invalidateQueries();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  const press = (each: FollowingCommand["type"]): void => {
    setProblem("");
    if (Object.keys(commandFields[each] ?? {}).length) setType(each);
    else void send({ type: each, id: crypto.randomUUID() });
  };
  const refused = known.filter((each) => !each.allowed);
  return (
    <div className="actions">
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {type ? (
        <CommandForm
          type={type}
          submit={t.send}
          record={view.case}
          routing={view.routing}
          onSubmit={send}
          onCancel={() => setType(undefined)}
        />
      ) : (
        <div className="buttons" role="group" aria-label={t.actions}>
          {known
            .filter((each) => each.allowed)
            .map((each, i) => (
              <button key={each.type} className={i === 0 ? "primary" : undefined} onClick={() => press(each.type)}>
                {caseLabels[language].command[each.type]}
              </button>
            ))}
        </div>
      )}
      {refused.length > 0 && (
        <details>
          <summary>{t.notNow}</summary>
          <ul>
            {refused.map((each) => (
              <li key={each.type}>
                {caseLabels[language].command[each.type]}：<span className="quiet">{explain(each.why!, language)}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Number that somebody typed, as the id of its case. */
async function idOf(number: string): Promise<string> {
  const found = await api.cases({ q: number.replace(/\W/g, ""), limit: "1" });
  return found.items[0]?.id ?? number;
}

export function CasePage({ id, onOpen, onClose }: { id: string; onOpen: (id: string) => void; onClose: () => void }) {
  const { t, language } = useTexts();
  const nameOf = useCategoryNames();
  const unitName = useUnitNames();
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
  return (
    <article>
      <button className="back" onClick={onClose}>
        ← {t.back}
      </button>
      <h2 className="title">
        <span className="number">{record.number}</span> {caseLabels[language].state[record.state]}{" "}
        <LightMark light={view.row.light} language={language} />
      </h2>
      <p className="said">{record.text}</p>
      <Actions view={view} />
      <dl className="facts">
        <dt>{t.category}</dt>
        <dd>
          {nameOf(record.categoryId)} · {t.kinds[record.kind]}
        </dd>
        <dt>{t.area}</dt>
        <dd>{view.path.map((area) => area[language]).join(" › ")}</dd>
        {name && (
          <>
            <dt>{t.place}</dt>
            <dd>{name}</dd>
          </>
        )}
        <dt>{t.reported}</dt>
        <dd>{momentText(record.reportedAt, language)}</dd>
        <dt>{t.due}</dt>
        <dd>{momentText(record.dueAt, language)}</dd>
        <dt>{t.reporter}</dt>
        <dd>
          <Reporter record={record} />
        </dd>
        <dt>{t.routing}</dt>
        <dd>
          {view.routing.lead ? unitName(view.routing.lead) : "–"}{" "}
          <span className="quiet">({view.routing.because.map((reason) => t.because[reason.code]).join(" · ")})</span>
        </dd>
      </dl>
      {record.orders.length > 0 && (
        <>
          <h3>{t.orders}</h3>
          <ul className="orders">
            {record.orders.map((order) => (
              <li key={order.id}>
                {unitName(order.unitId)} · {order.part === "lead" ? t.lead : t.assist} · {t.orderState[order.state]} ·{" "}
                {momentText(order.dueAt, language)}
                {order.answer && <p>{order.answer}</p>}
              </li>
            ))}
          </ul>
        </>
      )}
      {lon !== undefined && lat !== undefined && (
        <Suspense fallback={<div className="map" />}>
          <CaseMap lon={lon} lat={lat} />
        </Suspense>
      )}
      {record.photos.length > 0 && (
        <div className="photos">
          {record.photos.map((photo) => (
            <a key={photo} href={`/photos/${photo}`} target="_blank" rel="noreferrer">
              <img src={`/photos/${photo}?size=small`} alt={t.photos} />
            </a>
          ))}
        </div>
      )}
      <h3>{t.history}</h3>
      <ol className="history">
        {view.timeline.map((event) => (
          <li key={event.id}>
            <time dateTime={event.at}>{momentText(event.at, language)}</time>{" "}
            <EventWords event={event} unitName={unitName} />
          </li>
        ))}
      </ol>
      {view.neighbours.length > 0 && (
        <>
          <h3>{t.near}</h3>
          <ul className="near">
            {view.neighbours.map((row) => (
              <li key={row.id}>
                <button className="link" onClick={() => onOpen(row.id)}>
                  {row.number}
                </button>{" "}
                {row.text}
              </li>
            ))}
          </ul>
        </>
      )}
    </article>
  );
}

function EventWords({ event, unitName }: { event: CaseView["timeline"][number]; unitName: (id: string) => string }) {
  const { language } = useTexts();
  const { reason, answer, note, text, comment } = event.data as Record<string, string | undefined>;
  const words = [reason, answer, note, text, comment].filter(Boolean).join(" ");
  return (
    <>
      <strong>{deskEvents[language][event.type] ?? event.type}</strong>
      {event.unitId && ` · ${unitName(event.unitId)}`}
      {words && <span className="quiet"> · {words}</span>}
    </>
  );
}
