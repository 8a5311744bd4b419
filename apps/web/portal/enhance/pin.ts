function button(label: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button second";
  made.textContent = label;
  return made;
}

/** Two ways to point at a place: a map, loaded only when asked for, and the phone's own position, likewise. */
export function offerPin(place: HTMLElement): void {
  const form = place.closest("form")!;
  const field = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const mark = (lon: number, lat: number): void => {
    field("lon").value = lon.toFixed(6);
    field("lat").value = lat.toFixed(6);
    said.textContent = place.dataset.pinned!;
  };
  const row = document.createElement("div");
  row.className = "buttons";
  const map = button(place.dataset.map!);
  const here = button(place.dataset.locate!);
  row.append(map, here);
  place.append(row, said);
  if (field("lon").value) said.textContent = place.dataset.pinned!;
  here.addEventListener("click", () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => mark(coords.longitude, coords.latitude),
      (error) => (said.textContent = error.message),
      { enableHighAccuracy: true, timeout: 15_000 },
    ),
  );
  map.addEventListener("click", async () => {
    map.disabled = true;
    const { openPinMap } = await import("./pinMap.ts");
    await openPinMap(place, { lon: Number(field("lon").value), lat: Number(field("lat").value) }, mark);
  });
}
