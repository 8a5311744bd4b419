import { useQuery, useQueryClient } from "@tanstack/react-query";
import { measurePlan, type Plan, type RegionInput } from "@linge/regions";
import { regionInput } from "@linge/server/features/planning/regionInput.ts";
import { useMemo, useReducer, useState } from "react";
import { Aims, type PlanningAims } from "./Aims.tsx";
import { planning, type PlanningArea } from "./api.ts";
import { boardReducer, groupsOf } from "./board.ts";
import { DrawingBoard } from "./DrawingBoard.tsx";
import { PlanCards } from "./PlanCards.tsx";
import { SearchState } from "./SearchState.tsx";
import { usePlanningTexts } from "./texts.ts";
import { Today } from "./Today.tsx";
import { usePlanner } from "./usePlanner.ts";

/** Everything from today's loads to a draft, for one township. */
export function Workshop({ area }: { area: string }) {
  const today = useQuery({ queryKey: ["planning", area], queryFn: () => planning.today(area), staleTime: Infinity });
  if (today.isError)
    return (
      <p className="problem" role="alert">
        {today.error.message}
      </p>
    );
  if (!today.data) return <p className="quiet">…</p>;
  return <Bench area={area} given={today.data} />;
}

function Bench({ area, given }: { area: string; given: PlanningArea }) {
  const { t } = usePlanningTexts();
  const client = useQueryClient();
  const planner = usePlanner();
  const [byFerry, setByFerry] = useState(false);
  const [board, draw] = useReducer(boardReducer, undefined);
  const [said, setSaid] = useState("");
  const input: RegionInput = useMemo(() => regionInput(given, byFerry), [given, byFerry]);
  const before = useMemo(() => measurePlan(input, input.current!), [input]);
  const look = ({ options, ...aims }: PlanningAims): void => {
    setByFerry(aims.byFerry);
    const settled = board
      ? groupsOf(given.blocks, board.assignment)
          .filter(({ name }) => board.locked.includes(name))
          .map(({ blocks }) => blocks.map(({ code }) => code))
      : [];
    planner.look({ ...regionInput(given, aims.byFerry), ...(settled.length ? { settled } : {}) }, options);
  };
  const keep = async (name: string): Promise<void> => {
    try {
      await planning.keep({ area, name, assignment: board!.assignment, byFerry });
      setSaid(t.kept);
    } catch (error) {
      setSaid((error as Error).message);
    }
    await client.invalidateQueries({ queryKey: ["drafts"] });
  };
  const open = (plan: Plan): void => (draw({ kind: "open", assignment: plan.assignment }), setSaid(""));
  return (
    <>
      <Today given={given} before={before} />
      <Aims blocks={given.blocks} locked={board?.locked.length ?? 0} running={planner.running} onLook={look} />
      <SearchState search={planner} blocks={given.blocks} onStop={planner.stop} />
      {planner.result && (
        <PlanCards given={given} result={planner.result} before={before} open={board?.assignment} onOpen={open} />
      )}
      {board && (
        <DrawingBoard given={given} input={input} before={before} board={board} draw={draw} onKeep={keep} said={said} />
      )}
    </>
  );
}
