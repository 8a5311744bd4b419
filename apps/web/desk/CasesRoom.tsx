import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { api, type CaseFilter } from "./api.ts";
import { AskForm } from "./AskForm.tsx";
import { BulkBar } from "./BulkBar.tsx";
import { CaseList } from "./CaseList.tsx";
import { CasePage } from "./CasePage.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { Groups } from "./Groups.tsx";
import { useKeys } from "./keys.ts";
import { useTexts } from "./language.tsx";

type Props = {
  filter: CaseFilter;
  title: string;
  dense: boolean;
  openId?: string;
  onOpen: (id: string | undefined) => void;
  onFilter: (filter: CaseFilter) => void;
  onSaveView: (name: string) => Promise<void>;
};

const given = (filter: CaseFilter): Record<string, string> =>
  Object.fromEntries(Object.entries(filter).filter((entry): entry is [string, string] => Boolean(entry[1])));

/** The list in the middle and the case on the right. */
export function CasesRoom({ filter, title, dense, openId, onOpen, onFilter, onSaveView }: Props) {
  const { t } = useTexts();
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [naming, setNaming] = useState(false);
  const newest = filter.queue === "all" || filter.q;
  const cases = useInfiniteQuery({
    queryKey: ["cases", filter],
    queryFn: ({ pageParam }) =>
      api.cases({ ...given(filter), sort: newest ? "newest" : "due", ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: "",
    placeholderData: keepPreviousData,
    getNextPageParam: (page) => page.next,
  });
  const items = useMemo(() => cases.data?.pages.flatMap((page) => page.items) ?? [], [cases.data]);
  const choose = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const everything = items.length > 0 && items.every((item) => chosen.has(item.id));
  const list = useRef<HTMLUListElement>(null);
  /** Moves to a line and takes the focus there: it comes into sight, and is read out to whoever listens. */
  const go = (to: number): void => {
    setAt(to);
    list.current?.querySelectorAll<HTMLElement>(".row")[to]?.focus();
  };
  useKeys({
    j: () => go(Math.min(items.length - 1, at + 1)),
    k: () => go(Math.max(0, at - 1)),
    Enter: () => items[at] && onOpen(items[at].id),
    o: () => items[at] && onOpen(items[at].id),
    x: () => items[at] && choose(items[at].id),
    Escape: () => (chosen.size ? setChosen(new Set()) : onOpen(undefined)),
  });
  return (
    <>
      <section className="middle" aria-label={title}>
        <FilterBar filter={filter} onFilter={onFilter} onSave={() => setNaming(true)} />
        {naming && (
          <AskForm
            label={t.viewName}
            button={t.saveView}
            kind="text"
            onAnswer={async (name) => {
              await onSaveView(name);
              setNaming(false);
            }}
          />
        )}
        {items.length > 0 && (
          <label className="all">
            <input
              type="checkbox"
              checked={everything}
              onChange={() => setChosen(everything ? new Set() : new Set(items.map((item) => item.id)))}
            />{" "}
            {t.chooseAll(items.length)}
          </label>
        )}
        <Groups items={items} onChoose={(ids) => setChosen(new Set(ids))} />
        {chosen.size > 0 && (
          <BulkBar ids={[...chosen]} items={items} onDone={() => setChosen(new Set())} key={[...chosen].join()} />
        )}
        <CaseList
          list={list}
          items={items}
          at={at}
          chosen={chosen}
          dense={dense}
          onChoose={choose}
          onOpen={(id, i) => (setAt(i), onOpen(id))}
          openId={openId}
          state={cases.status}
          onRetry={() => void cases.refetch()}
        />
        {cases.hasNextPage && (
          <button className="more" onClick={() => void cases.fetchNextPage()}>
            {t.more}
          </button>
        )}
      </section>
      <main className="right">
        {openId ? (
          <CasePage key={openId} id={openId} onOpen={onOpen} onClose={() => onOpen(undefined)} />
        ) : (
          <div className="empty">
            <p>{t.choose}</p>
            <p className="quiet">{t.chooseHint}</p>
          </div>
        )}
      </main>
    </>
  );
}
