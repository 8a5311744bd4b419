import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { territoryApi, type AreaRow } from "./api.ts";
import { useTerritoryTexts } from "./texts.ts";

type Props = { chosen?: string; onChoose: (area: AreaRow) => void };

/** Areas under one another; each level is asked for when it is opened. */
export function AreaTree({ parent, ...props }: Props & { parent: string }) {
  const found = useQuery({ queryKey: ["areas", parent], queryFn: () => territoryApi.children(parent) });
  return (
    <ul className="areas">
      {found.data?.areas.map((area) => (
        <Branch key={area.code} area={area} {...props} />
      ))}
    </ul>
  );
}

function Branch({ area, chosen, onChoose }: Props & { area: AreaRow }) {
  const { t, language } = useTerritoryTexts();
  const [open, setOpen] = useState(false);
  const leaf = area.level === "grid" || area.level === "microGrid";
  return (
    <li>
      <div className="line">
        {!leaf && (
          <button
            className="twist"
            aria-expanded={open}
            aria-label={t.open(area[language])}
            onClick={() => setOpen(!open)}
          >
            {open ? "▾" : "▸"}
          </button>
        )}
        <button className="name" aria-current={chosen === area.code} onClick={() => (onChoose(area), setOpen(true))}>
          {area[language]}
          {area.focus && <span className="quiet"> {t.focus[area.focus]}</span>}
        </button>
      </div>
      {open && !leaf && <AreaTree parent={area.code} chosen={chosen} onChoose={onChoose} />}
    </li>
  );
}
