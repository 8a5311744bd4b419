import { button, statusLine } from "./button.ts";

export type PinTexts = {
  map: string;
  locate: string;
  pinned: string;
  mapHint: string;
  noPosition: string;
  unpin: string;
  indicative: string;
};

/** Two ways to point at a place: a map, loaded only when asked for, and the phone's own position, likewise. */
export function offerPin(place: HTMLElement): void {
  const texts = JSON.parse(place.dataset.pin!) as PinTexts;
  const form = place.closest("form")!;
  const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
  const said = statusLine();
  const row = document.createElement("div");
  row.className = "buttons";
  const [map, here, unpin] = [button(texts.map), button(texts.locate), button(texts.unpin, "plain")];
  row.append(map, here);
  place.append(row, said);
  let onPlace: ((lon: number, lat: number) => void) | undefined;

  const show = async (): Promise<void> => {
    const [lon, lat] = [field("lon").value, field("lat").value];
    said.textContent = "";
    said.className = "";
    if (!lon) return;
    const place = await nameOf(lon, lat);
    said.className = place.found ? "notice" : "problem";
    said.replaceChildren(place.found ? `${texts.pinned} ${place.words} ` : `${place.words} `, unpin);
  };
  const mark = (lon: number, lat: number): void => {
    field("lon").value = lon.toFixed(6);
    field("lat").value = lat.toFixed(6);
    form.dispatchEvent(new Event("input"));
    void show();
  };
  void show();
  unpin.addEventListener("click", () => {
    field("lon").value = field("lat").value = "";
    void show();
  });
  here.addEventListener("click", () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        mark(coords.longitude, coords.latitude);
        onPlace?.(coords.longitude, coords.latitude);
      },
      () => (said.textContent = texts.noPosition),
      { enableHighAccuracy: true, timeout: 15_000 },
    ),
  );
  map.addEventListener("click", async () => {
    map.disabled = true;
    const { openPinMap } = await import("./pinMap.ts");
    onPlace = await openPinMap(
      place,
      { lon: Number(field("lon").value), lat: Number(field("lat").value) },
      mark,
      texts,
    );
    map.remove();
  });
}

type Located = { path: { zh: string; en: string }[]; error?: { message: string } };

/** What a place is called, or why it cannot be one of ours; without an answer it is simply marked. */
async function nameOf(lon: string, lat: string): Promise<{ found: boolean; words: string }> {
  const answer = await fetch(`/api/locate?${new URLSearchParams({ lon, lat })}`).catch(() => undefined);
  const located = (await answer?.json().catch(() => undefined)) as Located | undefined;
  if (answer?.status === 422 && located?.error) return { found: false, words: located.error.message };
  const language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
  const names = located?.path?.slice(-2).map((area) => area[language]) ?? [];
  return { found: true, words: names.join(" ") };
}
