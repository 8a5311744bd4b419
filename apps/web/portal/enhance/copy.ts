import { button } from "./button.ts";

/** A button that copies the link of a report. */
export function offerCopy(place: HTMLElement): void {
  if (!navigator.clipboard) return;
  const [copy, copied] = JSON.parse(place.dataset.texts!) as [string, string];
  const made = button(copy);
  made.setAttribute("aria-live", "polite");
  made.addEventListener("click", async () => {
    await navigator.clipboard.writeText(place.dataset.copy!);
    made.textContent = copied;
  });
  place.append(made);
}
