import type { SavedView } from "@linge/server/features/views/routes.ts";
import type { Queue } from "./api.ts";
import { useTexts } from "./language.tsx";
import { watched } from "./queues.ts";

export type RoomEntry = { key: string; label: string };
type Props = {
  own: string[];
  counts: Queue[];
  views: SavedView[];
  rooms: RoomEntry[];
  at: { room: string; queue?: string; view?: string };
  onQueue: (key: string) => void;
  onView: (view: SavedView) => void;
  onRemoveView: (id: string) => void;
  onRoom: (key: string) => void;
};

/** From a thousand on a count says no more than "many". */
const shownCount = (count: number): string => (count >= 1000 ? "999+" : String(count));

/** Queues with their counts, views of one's own, and the other rooms. */
export function SideBar({ own, counts, views, rooms, at, onQueue, onView, onRemoveView, onRoom }: Props) {
  const { t } = useTexts();
  const countOf = new Map(counts.map(({ key, count }) => [key, count]));
  const queue = (key: string) => {
    const count = countOf.get(key);
    const late = key === "overdue" && (count ?? 0) > 0;
    return (
      <button key={key} aria-current={at.room === "cases" && !at.view && at.queue === key} onClick={() => onQueue(key)}>
        <span>{t.queue[key]}</span>
        {count !== undefined && (
          <span className={late ? "count late" : count ? "count" : "count none"}>{shownCount(count)}</span>
        )}
      </button>
    );
  };
  return (
    <nav aria-label={t.title}>
      {own.length > 0 && (
        <>
          {own.map(queue)}
          <hr />
        </>
      )}
      {counts.length > 0 && watched.map(queue)}
      {views.length > 0 && <h2>{t.views}</h2>}
      {views.map((view) => (
        <span key={view.id} className="view">
          <button aria-current={at.room === "cases" && at.view === view.id} onClick={() => onView(view)}>
            {view.name}
          </button>
          <button className="remove" aria-label={t.removeView(view.name)} onClick={() => onRemoveView(view.id)}>
            ×
          </button>
        </span>
      ))}
      {counts.length > 0 && <hr />}
      {rooms.map(({ key, label }) => (
        <button key={key} aria-current={at.room === key} onClick={() => onRoom(key)}>
          {label}
        </button>
      ))}
    </nav>
  );
}
