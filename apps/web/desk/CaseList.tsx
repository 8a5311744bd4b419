import { caseLabels } from "@linge/domain/case/labels.ts";
import { useQuery } from "@tanstack/react-query";
import { lights } from "../ui/light.ts";
import { momentText } from "../ui/time.ts";
import { api, type CaseRow } from "./api.ts";
import { useTexts, type Language } from "./language.tsx";

export function LightMark({ light, language }: { light: CaseRow["light"]; language: Language }) {
  return (
    <span className={`light light-${light}`}>
      <span aria-hidden="true">{lights[light].shape}</span> {lights[light][language]}
    </span>
  );
}

/** Names of categories by id, for lists and pages. */
export function useCategoryNames(): (id: string) => string {
  const { language } = useTexts();
  const categories = useQuery({ queryKey: ["categories"], queryFn: api.categories, staleTime: 600_000 });
  const names = new Map(categories.data?.categories.map((category) => [category.id, category[language]]));
  return (id) => names.get(id) ?? id;
}

type Props = {
  items: CaseRow[];
  at: number;
  chosen: ReadonlySet<string>;
  openId?: string;
  state: "pending" | "error" | "success";
  onChoose: (id: string) => void;
  onOpen: (id: string, at: number) => void;
  onRetry: () => void;
};

export function CaseList({ items, at, chosen, openId, state, onChoose, onOpen, onRetry }: Props) {
  const { t, language } = useTexts();
  const nameOf = useCategoryNames();
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
    <ul className="rows">
      {items.map((item, i) => (
        <li key={item.id} className={[i === at && "at", item.id === openId && "opened"].filter(Boolean).join(" ")}>
          <input
            type="checkbox"
            aria-label={item.number}
            checked={chosen.has(item.id)}
            onChange={() => onChoose(item.id)}
          />
          <button className="row" onClick={() => onOpen(item.id, i)}>
            <span className="first">
              <span className="number">{item.number}</span>
              <LightMark light={item.light} language={language} />
              <span className="quiet">{caseLabels[language].state[item.state]}</span>
              {item.marks.map((mark) => (
                <span key={mark} className="mark">
                  {caseLabels[language].mark[mark]}
                </span>
              ))}
            </span>
            <span className="text">{item.text}</span>
            <span className="quiet">
              {nameOf(item.categoryId)} · {item.areaName[language]} · {momentText(item.reportedAt, language)}
              {item.leadUnit && ` · ${item.leadUnit[language]}`}
              {item.synthetic && ` · ${t.synthetic}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
