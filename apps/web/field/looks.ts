/** How the app looks on this phone: large text, and light or dark; by itself it follows the phone. */
export type Looks = { large: boolean; night: boolean };

const key = "linge-field-looks";
const darkOutside = (): boolean => matchMedia("(prefers-color-scheme: dark)").matches;

export function rememberedLooks(): Looks {
  const [large, night] = (localStorage.getItem(key) ?? "").split(",");
  return { large: large === "1", night: night ? night === "1" : darkOutside() };
}

/** Shows the page in these looks, and remembers them when the worker chose them himself. */
export function showLooks({ large, night }: Looks, chosen = false): void {
  const { classList } = document.documentElement;
  classList.toggle("large", large);
  classList.toggle("night", night);
  if (chosen) localStorage.setItem(key, `${large ? 1 : 0},${night ? 1 : 0}`);
}
