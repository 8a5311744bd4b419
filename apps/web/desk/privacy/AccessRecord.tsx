import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { privacy } from "./api.ts";
import { LookTable } from "./LookTable.tsx";
import { usePrivacyTexts } from "./texts.ts";

/** The access record, newest first. */
export function AccessRecord() {
  const { t } = usePrivacyTexts();
  const words = t.looks;
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [refused, setRefused] = useState(false);
  const found = useInfiniteQuery({
    queryKey: ["looks", from, to, refused],
    queryFn: ({ pageParam }) =>
      privacy.looks({
        ...(from && { from: new Date(`${from}T00:00:00`).toISOString() }),
        ...(to && { to: new Date(`${to}T23:59:59`).toISOString() }),
        ...(refused && { refused: "true" }),
        ...(pageParam && { before: pageParam }),
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <p className="quiet">{words.hint}</p>
      <p className="row">
        <label>
          {words.from} <input type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        </label>
        <label>
          {words.to} <input type="date" value={to} onChange={(event) => setTo(event.target.value)} />
        </label>
        <label className="tick">
          <input type="checkbox" checked={refused} onChange={(event) => setRefused(event.target.checked)} />{" "}
          {words.only}
        </label>
      </p>
      {found.isError && <p className="problem">{found.error.message}</p>}
      {found.isSuccess && items.length === 0 && <p>{words.none}</p>}
      {items.length > 0 && <LookTable looks={items} caption={t.tabs.looks} />}
      {found.hasNextPage && <button onClick={() => void found.fetchNextPage()}>{words.more}</button>}
    </>
  );
}
