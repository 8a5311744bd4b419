import { useEffect, useState, type Ref } from "react";
import { useTexts } from "./language.tsx";

const pauseMs = 300;

/** The search of the desk: asks when the writer pauses, and never in the middle of a character that is being composed. */
export function SearchBox({
  value,
  onSearch,
  box,
}: {
  value: string;
  onSearch: (words: string) => void;
  box: Ref<HTMLInputElement>;
}) {
  const { t } = useTexts();
  const [typed, setTyped] = useState(value);
  const [composing, setComposing] = useState(false);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (composing || typed === value) return;
    const timer = setTimeout(() => onSearch(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, composing, value, onSearch]);
  return (
    <input
      ref={box}
      type="search"
      aria-label={t.search}
      placeholder={t.search}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}
