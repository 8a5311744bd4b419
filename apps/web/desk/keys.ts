import { useEffect } from "react";

/** Single-key commands, off while somebody writes or holds a modifier. */
export function useKeys(commands: Record<string, () => unknown>): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const writing = (event.target as HTMLElement).matches("input, textarea, select, button");
      const command = commands[event.key];
      if (!command || event.ctrlKey || event.metaKey || event.altKey) return;
      if (writing && event.key !== "Escape") return;
      event.preventDefault();
      if (writing) (event.target as HTMLElement).blur();
      else command();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  });
}
