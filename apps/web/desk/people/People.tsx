import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Session } from "../api.ts";
import { people } from "./api.ts";
import { NewPerson } from "./NewPerson.tsx";
import { PersonCard } from "./PersonCard.tsx";
import { usePeopleTexts } from "./texts.ts";
import "./people.css";

/** A password that is shown once, and to whom it belongs. */
export type Told = { login: string; password: string };

/** The staff, their rights and how they sign in; for administrators. */
export function People({ session }: { session: Session }) {
  const { t } = usePeopleTexts();
  const [q, setQ] = useState("");
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState<Told>();
  const [said, setSaid] = useState("");
  const found = useInfiniteQuery({
    queryKey: ["people", q],
    queryFn: ({ pageParam }) => people.list(q, pageParam),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });
  const list = found.data?.pages.flatMap((page) => page.people) ?? [];
  const changed = (words: string, password?: Told): void => {
    setSaid(words);
    setTold(password);
    setAdding(false);
    void found.refetch();
  };
  return (
    <main className="middle whole people">
      <h2>{t.title}</h2>
      <p className="quiet">{t.hint}</p>
      <div className="buttons">
        <input
          type="search"
          aria-label={t.search}
          placeholder={t.search}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        {!adding && (
          <button className="primary" onClick={() => setAdding(true)}>
            {t.add}
          </button>
        )}
      </div>
      {adding && (
        <NewPerson
          onDone={(person) => {
            setQ(person.login);
            changed("", person);
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      <div role="status">
        {said && <p>{said}</p>}
        {told && (
          <p>
            <code className="secret">{t.password(told.login, told.password)}</code>
            <br />
            {t.passwordHint}
          </p>
        )}
      </div>
      {found.isSuccess && list.length === 0 && <p>{t.nobody}</p>}
      <ul className="cards">
        {list.map((person) => (
          <PersonCard
            key={person.id}
            person={person}
            self={person.id === session.person!.id}
            city={session.city}
            onChange={changed}
          />
        ))}
      </ul>
      {found.hasNextPage && <button onClick={() => void found.fetchNextPage()}>{t.more}</button>}
    </main>
  );
}
