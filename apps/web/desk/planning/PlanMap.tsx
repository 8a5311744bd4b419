import { useMemo, useRef, useState, type PointerEvent } from "react";
import type { PlanningBlock } from "./api.ts";
import { borderPath, drawBlocks } from "./projection.ts";

type Props = {
  blocks: readonly PlanningBlock[];
  groupOf: (code: string) => string;
  colourOf: (code: string) => string;
  label: string;
  titleOf?: (block: PlanningBlock) => string;
  chosen?: string;
  onChoose?: (code: string) => void;
  /** A block was dragged onto another. */
  onDrop?: (code: string, onto: string) => void;
};

const codeAt = (x: number, y: number): string | undefined =>
  (document.elementFromPoint(x, y) as SVGElement | null)?.dataset.code;

/** Blocks in the colours of their grids, with the borders of the grids over them. Small ones beside each other, or one to draw on. */
export function PlanMap({ blocks, groupOf, colourOf, label, titleOf, chosen, onChoose, onDrop }: Props) {
  const { width, height, paths } = useMemo(() => drawBlocks(blocks), [blocks]);
  const borders = useMemo(() => borderPath(blocks, groupOf), [blocks, groupOf]);
  const dragged = useRef<string>(undefined);
  const [over, setOver] = useState<string>();
  const start = ({ clientX, clientY }: PointerEvent): void => {
    dragged.current = codeAt(clientX, clientY);
  };
  const move = ({ clientX, clientY }: PointerEvent): void => {
    if (!dragged.current) return;
    const code = codeAt(clientX, clientY);
    setOver(code === dragged.current ? undefined : code);
  };
  const end = ({ clientX, clientY }: PointerEvent): void => {
    const [from, to] = [dragged.current, codeAt(clientX, clientY)];
    dragged.current = undefined;
    setOver(undefined);
    if (!from || !to) return;
    if (from === to) onChoose?.(from);
    else onDrop?.(from, to);
  };
  const reach = over === undefined ? undefined : groupOf(over);
  return (
    <svg
      className={onDrop ? "plan-map drawable" : "plan-map"}
      viewBox={`-6 -6 ${width + 12} ${(height + 12).toFixed(1)}`}
      role="img"
      aria-label={label}
      onPointerDown={onDrop && start}
      onPointerMove={onDrop && move}
      onPointerUp={onDrop && end}
      onPointerLeave={onDrop && (() => setOver(undefined))}
    >
      {paths.map(({ block, path }) => (
        <path
          key={block.code}
          data-code={block.code}
          d={path}
          fill={colourOf(block.code)}
          className={
            block.code === chosen
              ? "chosen"
              : reach !== undefined && groupOf(block.code) === reach
                ? "reach"
                : undefined
          }
        >
          {titleOf && <title>{titleOf(block)}</title>}
        </path>
      ))}
      <path className="borders" d={borders} />
    </svg>
  );
}
