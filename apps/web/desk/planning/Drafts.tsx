import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { planning } from "./api.ts";
import { DraftCard } from "./DraftCard.tsx";
import { usePlanningTexts } from "./texts.ts";

/** Plans that were kept, what people say about them, and what was decided. */
export function Drafts({ admin, planner }: { admin: boolean; planner: boolean }) {
  const { t } = usePlanningTexts();
  const client = useQueryClient();
  const [said, setSaid] = useState("");
  const drafts = useQuery({ queryKey: ["drafts"], queryFn: planning.drafts });
  const attempt = async (work: () => Promise<string | undefined>): Promise<void> => {
    try {
      setSaid((await work()) ?? "");
    } catch (error) {
      setSaid((error as Error).message);
    }
    await client.invalidateQueries({ queryKey: ["drafts"] });
    await client.invalidateQueries({ queryKey: ["handovers"] });
    await client.invalidateQueries({ queryKey: ["planning"] });
  };
  return (
    <section>
      <h3>{t.drafts}</h3>
      {said && <p role="status">{said}</p>}
      {drafts.data?.plans.length === 0 && <p className="quiet">{t.noDrafts}</p>}
      {drafts.data?.plans.map((plan) => (
        <DraftCard
          key={plan.id}
          plan={plan}
          today={drafts.data.today}
          admin={admin}
          planner={planner}
          attempt={attempt}
        />
      ))}
    </section>
  );
}
