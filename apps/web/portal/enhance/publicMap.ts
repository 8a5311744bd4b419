import { button } from "./button.ts";

export type MapTexts = {
  map: string;
  mapHint: string;
  mapList: string;
  indicative: string;
  close: string;
  none: string;
};

/** A map of published cases above their list; it is loaded when somebody asks for it. */
export function offerPublicMap(place: HTMLElement): void {
  const texts = JSON.parse(place.dataset.publicMap!) as MapTexts;
  const open = button(texts.map);
  const box = document.createElement("div");
  place.append(open, box);
  open.setAttribute("aria-expanded", "false");
  let close: (() => void) | undefined;
  open.addEventListener("click", async () => {
    if (close) {
      close();
      close = undefined;
    } else {
      open.disabled = true;
      const { openPublicMap } = await import("./publicMapView.ts");
      close = await openPublicMap(box, texts);
      open.disabled = false;
    }
    open.textContent = close ? texts.close : texts.map;
    open.setAttribute("aria-expanded", String(close !== undefined));
  });
}
