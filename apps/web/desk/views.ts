import type { SavedView } from "@linge/server/features/views/routes.ts";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api, type CaseFilter } from "./api.ts";

/** Searches that somebody keeps: read, added, given up. */
export function useViews(): {
  views: SavedView[];
  add: (name: string, filter: CaseFilter) => Promise<void>;
  remove: (id: string) => Promise<void>;
} {
  const client = useQueryClient();
  const found = useQuery({ queryKey: ["views"], queryFn: api.views });
  const views = found.data?.views ?? [];
  const save = async (next: SavedView[]): Promise<void> => {
    client.setQueryData(["views"], await api.saveViews(next));
  };
  return {
    views,
    add: (name, filter) => save([...views, { id: crypto.randomUUID(), name, filter }]),
    remove: (id) => save(views.filter((view) => view.id !== id)),
  };
}
