import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** On a morning of typhoon many signals come in a second: they are gathered, and pages ask again once. */
const gatherMs = 1_500;

/** Pages that changed elsewhere are asked for again; the signal itself says only which. */
export function useLive(): void {
  const client = useQueryClient();
  useEffect(() => {
    const changed = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      timer = undefined;
      for (const key of ["queues", "cases"]) void client.invalidateQueries({ queryKey: [key] });
      for (const id of changed) void client.invalidateQueries({ queryKey: ["case", id] });
      changed.clear();
    };
    const source = new EventSource("/api/events");
    source.onmessage = ({ data }) => {
      changed.add((JSON.parse(data as string) as { id: string }).id);
      timer ??= setTimeout(refresh, gatherMs);
    };
    return () => {
      source.close();
      clearTimeout(timer);
    };
  }, [client]);
}
