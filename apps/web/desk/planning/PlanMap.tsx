import { useRef } from "react";
import type { Assignment, Block } from "./api.ts";
import { usePlanningTexts } from "./texts.ts";

const width = 640;
const tints = ["#cfe3ee", "#f6e3bf", "#d7ead9", "#ead9ea", "#f3d6cf", "#dedff2", "#e9e6c4"];

/** Blocks in the colour of their grid; dragging one onto another puts it into that one's grid. */
export function PlanMap({
  blocks,
  assignment,
  onMove,
}: {
  blocks: Block[];
  assignment: Assignment;
  onMove: (block: string, grid: string) => void;
}) {
  const { t, language } = usePlanningTexts();
  const dragged = useRef<string>(undefined);
  const points = blocks.flatMap((block) => block.coordinates.flat(2));
  const west = points.reduce((least, [lon]) => Math.min(least, lon), Infinity);
  const east = points.reduce((most, [lon]) => Math.max(most, lon), -Infinity);
  const south = points.reduce((least, [, lat]) => Math.min(least, lat), Infinity);
  const north = points.reduce((most, [, lat]) => Math.max(most, lat), -Infinity);
  const narrowing = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = width / ((east - west) * narrowing || 1);
  const at = ([lon, lat]: [number, number]): string =>
    `${((lon - west) * narrowing * scale).toFixed(1)},${((north - lat) * scale).toFixed(1)}`;
  const groups = [...new Set(Object.values(assignment))];
  const tintOf = (code: string): string => tints[groups.indexOf(assignment[code]!) % tints.length]!;
  return (
    <figure className="plan-map">
      <svg viewBox={`-6 -6 ${width + 12} ${(north - south) * scale + 12}`} role="img" aria-label={t.map}>
        {blocks.map((block) => (
          <path
            key={block.code}
            d={block.coordinates
              .flat()
              .map((ring) => `M${ring.map(at).join("L")}Z`)
              .join("")}
            fill={tintOf(block.code)}
            onPointerDown={() => (dragged.current = block.code)}
            onPointerUp={() => {
              const from = dragged.current;
              dragged.current = undefined;
              if (from && from !== block.code && assignment[from] !== assignment[block.code])
                onMove(from, assignment[block.code]!);
            }}
          >
            <title>{`${block[language]} · ${t.load} ${block.workload}`}</title>
          </path>
        ))}
      </svg>
      <figcaption className="quiet">
        {t.drag} {t.indicative}
      </figcaption>
    </figure>
  );
}
