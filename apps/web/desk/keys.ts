import { useEffect } from "react";

const acts = "button, a, summary";
const writes = "input:not([type=checkbox]), textarea, select";

/**
 * Single-key commands, off while somebody writes or holds a modifier. On a button Enter and Space stay the button's own,
 * so that J and K still move after a click.
 * @param first of what lies on top (a form, the list of keys): its keys are not given to what lies below
 */
export function useKeys(commands: Record<string, () => unknown>, first = false): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const target = event.target as HTMLElement;
      const command = commands[event.key];
      if (!command || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const writing = target.matches(writes);
      if (writing && event.key !== "Escape") return;
      if (target.matches(acts) && (event.key === "Enter" || event.key === " ")) return;
      event.preventDefault();
      if (first) event.stopImmediatePropagation();
      if (writing) target.blur();
      else command();
    };
    window.addEventListener("keydown", listen, first);
    return () => window.removeEventListener("keydown", listen, first);
  });
}
