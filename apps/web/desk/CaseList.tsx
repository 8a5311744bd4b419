import { caseLabels } from "@linge/domain/case/labels.ts";
import type { RefObject } from "react";
import { lights } from "../ui/light.ts";
import { momentText } from "../ui/time.ts";
import type { CaseRow } from "./api.ts";
import { useTexts, type Language } from "./language.tsx";
import { useCategories } from "./names.ts";

export function LightMark({ light, language }: { light: CaseRow["light"]; language: Language }) {
  return (
    <span className={`light light-${light}`}>
      <span aria-hidden="true">{lights[light].shape}</span> {lights[light][language]}
    </span>
  );
}

type Props = {
  items: CaseRow[];
  at: number;
  chosen: ReadonlySet<string>;
  openId?: string;
  dense: boolean;
  state: "pending" | "error" | "success";
  onChoose: (id: string) => void;
  onOpen: (id: string, at: number) => void;
  onRetry: () => void;
  list: RefObject<HTMLUListElement | null>;
};

function Marks({ item }: { item: CaseRow }) {
  const { t, language } = useTexts();
  return (
    <>
      {item.marks.map((mark) => (
        <span key={mark} className="mark">
          {caseLabels[language].mark[mark]}
        </span>
      ))}
      {item.synthetic && <span className="mark synthetic">{t.synthetic}</span>}
    </>
  );
}

/** One line of 36 px: light, number, what, until when. */
function DenseRow({ item }: { item: CaseRow }) {
  const { language } = useTexts();
  const { nameOf } = useCategories();
  return (
    <>
      <LightMark light={item.light} language={language} />
      <span className="number">{item.number}</span>
      <span className="text">
        <Marks item={item} />
        <span className="quiet">{nameOf(item.categoryId)}</span> {item.text}
      </span>
      <span className="when">{momentText(item.dueAt, language)}</span>
    </>
  );
}

function RoomyRow({ item }: { item: CaseRow }) {
  const { language } = useTexts();
  const { nameOf } = useCategories();
  return (
    <>
      <span className="first">
        <span className="number">{item.number}</span>
        <LightMark light={item.light} language={language} />
        <span className="quiet">{caseLabels[language].state[item.state]}</span>
        <Marks item={item} />
      </span>
      <span className="text">{item.text}</span>
      <span className="quiet">
        {nameOf(item.categoryId)} · {item.areaName[language]} · {momentText(item.reportedAt, language)}
        {item.leadUnit && ` · ${item.leadUnit[language]}`}
      </span>
    </>
  );
}

export function CaseList({ items, at, chosen, openId, dense, state, onChoose, onOpen, onRetry, list }: Props) {
  const { t } = useTexts();
  if (state === "pending") return <p className="empty">{t.loading}</p>;
  if (state === "error")
    return (
      <div className="empty" role="alert">
        <p>{t.failed}</p>
        <button onClick={onRetry}>{t.retry}</button>
      </div>
    );
  if (items.length === 0)
    return (
      <div className="empty">
        <p>{t.none}</p>
        <p className="quiet">{t.noneHint}</p>
      </div>
    );
  return (
    <ul className="rows" ref={list}>
      {items.map((item, i) => (
        <li key={item.id} className={[i === at && "at", item.id === openId && "opened"].filter(Boolean).join(" ")}>
          <label className="tick">
            <input
              type="checkbox"
              aria-label={item.number}
              checked={chosen.has(item.id)}
              onChange={() => onChoose(item.id)}
            />
          </label>
          <button className="row" aria-current={item.id === openId} onClick={() => onOpen(item.id, i)}>
            {dense ? <DenseRow item={item} /> : <RoomyRow item={item} />}
          </button>
        </li>
      ))}
    </ul>
  );
}
