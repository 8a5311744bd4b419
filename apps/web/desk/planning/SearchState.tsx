import type { Obstacle } from "@linge/regions";
import type { PlanningBlock } from "./api.ts";
import { usePlanningTexts } from "./texts.ts";
import type { Search } from "./usePlanner.ts";
import { percent } from "./words.ts";

type Props = { search: Search; blocks: readonly PlanningBlock[]; onStop: () => void };

/** How far the search is, and what stands in the way of what was asked. */
export function SearchState({ search, blocks, onStop }: Props) {
  const { t } = usePlanningTexts();
  const { running, done, result, refused } = search;
  if (running)
    return (
      <p className="row" role="status">
        <progress max={1} value={done} aria-label={t.searching("")} /> {t.searching(percent(done))}
        <button onClick={onStop}>{t.stop}</button>
      </p>
    );
  if (refused)
    return (
      <p className="problem" role="alert">
        {t.refused[refused] ?? t.refusedElse}
      </p>
    );
  return (
    <>
      {result?.stopped && <p className="quiet">{t.stopped}</p>}
      {result?.obstacle && <ObstacleText obstacle={result.obstacle} blocks={blocks} />}
    </>
  );
}

function ObstacleText({ obstacle, blocks }: { obstacle: Obstacle; blocks: readonly PlanningBlock[] }) {
  const { t, language } = usePlanningTexts();
  const names = new Map(blocks.map((block) => [block.code, block[language]]));
  const [first = "", ...rest] = obstacle.blocks.map((code) => names.get(code) ?? code);
  return (
    <p className="problem" role="alert">
      {t.obstacle[obstacle.code]!(t.groupName(first, rest.length))}{" "}
      {obstacle.leastDeviation > 0 && t.least(percent(obstacle.leastDeviation))}
    </p>
  );
}
