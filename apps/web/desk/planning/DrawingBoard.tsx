import type { Figures, RegionInput } from "@linge/regions";
import { useCallback, useMemo, useState, type Dispatch } from "react";
import type { PlanningArea } from "./api.ts";
import { BlockTable } from "./BlockTable.tsx";
import { figuresOf, groupsOf, type Board, type BoardStep } from "./board.ts";
import { changedGroups, groupColours } from "./colours.ts";
import { LoadList } from "./LoadList.tsx";
import { PlanMap } from "./PlanMap.tsx";
import { usePlanningTexts } from "./texts.ts";
import { groupName, householdsCounted, planWords } from "./words.ts";

type Props = {
  given: PlanningArea;
  input: RegionInput;
  before: Figures;
  board: Board;
  draw: Dispatch<BoardStep>;
  onKeep: (name: string) => Promise<void>;
  said: string;
};

/** One plan, changed by hand: blocks dragged or put by the table, grids locked, every figure counted at once. */
export function DrawingBoard({ given, input, before, board, draw, onKeep, said }: Props) {
  const { t, language } = usePlanningTexts();
  const [chosen, setChosen] = useState<string>();
  const [community, setCommunity] = useState("");
  const { blocks, links } = given;
  const { assignment, locked, past } = board;
  const groups = useMemo(() => groupsOf(blocks, assignment), [blocks, assignment]);
  const figures = useMemo(() => figuresOf(input, assignment), [input, assignment]);
  const groupOf = useCallback((code: string) => assignment[code]!, [assignment]);
  const colourOf = useMemo(() => groupColours(blocks, links, assignment), [blocks, links, assignment]);
  const near = useMemo(
    () => blocks.filter((block) => !community || block.community === community),
    [blocks, community],
  );
  const changed = useMemo(() => changedGroups(blocks, assignment), [blocks, assignment]);
  return (
    <section>
      <h3>{t.board}</h3>
      <p className="row" role="status">
        <b>
          {t.grids(figures.k)} · {planWords(t, figures, before, householdsCounted(blocks))}
        </b>
        <button disabled={past.length === 0} onClick={() => draw({ kind: "undo" })}>
          {t.undo}
        </button>
      </p>
      {!figures.contiguous && (
        <p className="problem" role="alert">
          {t.broken}
        </p>
      )}
      <div className="drawing">
        <figure>
          <CommunityChoice blocks={blocks} community={community} onChange={setCommunity} />
          <PlanMap
            blocks={near}
            groupOf={groupOf}
            colourOf={colourOf}
            label={t.map}
            titleOf={(block) => `${block[language]} · ${t.load} ${Math.round(block.workload)}`}
            chosen={chosen}
            onChoose={setChosen}
            onDrop={(block, onto) => draw({ kind: "move", block, group: assignment[onto]! })}
          />
          <figcaption className="quiet">
            {t.drag} {t.indicative}
          </figcaption>
        </figure>
        <div className="side">
          <h4>{t.groups}</h4>
          <LoadList
            groups={groups.filter((group) => !community || group.blocks[0]!.community === community)}
            label={t.groups}
            changed={changed}
            action={(group) => (
              <button
                className="link"
                aria-pressed={locked.includes(group.name)}
                aria-label={`${locked.includes(group.name) ? t.unlock : t.lock} ${groupName(t, group, language)}`}
                onClick={() => draw({ kind: "lock", group: group.name })}
              >
                {locked.includes(group.name) ? t.unlock : t.lock}
              </button>
            )}
          />
          <BlockTable
            blocks={near}
            groups={groups}
            assignment={assignment}
            locked={locked}
            chosen={chosen}
            draw={draw}
          />
        </div>
      </div>
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void onKeep(String(new FormData(event.currentTarget).get("name")));
        }}
      >
        <label>
          {t.name} <input name="name" required minLength={2} maxLength={80} />
        </label>
        <button className="primary" disabled={!figures.contiguous}>
          {t.keepDraft}
        </button>
        {said && <span role="status">{said}</span>}
      </form>
    </section>
  );
}

/** A township of many islands is small on a map: one community can be looked at alone. */
function CommunityChoice({
  blocks,
  community,
  onChange,
}: {
  blocks: PlanningArea["blocks"];
  community: string;
  onChange: (community: string) => void;
}) {
  const { t, language } = usePlanningTexts();
  const names = new Map(blocks.map((block) => [block.community, block[`${language}Community`]]));
  return (
    <label className="row">
      {t.showing}{" "}
      <select value={community} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t.everything}</option>
        {[...names].map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
