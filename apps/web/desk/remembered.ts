import { useState } from "react";

/** A small choice of how the desk looks, kept in this browser. */
export function useRemembered(name: string, first: boolean): [boolean, (value: boolean) => void] {
  const key = `linge-desk-${name}`;
  const [value, setValue] = useState(() => (localStorage.getItem(key) ?? String(first)) === "true");
  const keep = (next: boolean): void => {
    localStorage.setItem(key, String(next));
    setValue(next);
  };
  return [value, keep];
}
