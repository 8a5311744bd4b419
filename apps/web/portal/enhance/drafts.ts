import { button, statusLine } from "./button.ts";

const key = "linge-draft";
const keptMs = 24 * 3_600_000;
/** What travels only for the server, and what should not lie about on a phone that others use. */
const left = /^(csrf|id|caseId|photos|dropPhotos|name|phone|wantsContact|otherCategory)$/;

type Kept = { at: number; fields: Record<string, string> };
type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function read(): Kept | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null") as Kept | null;
    return kept && Date.now() - kept.at < keptMs ? kept : undefined;
  } catch {
    return undefined;
  }
}

const fieldsOf = (form: HTMLFormElement): Field[] =>
  ([...form.elements] as Field[]).filter((field) => field.name && field.type !== "file" && !left.test(field.name));

function valueOf(field: Field): string {
  const box = field as HTMLInputElement;
  return box.type === "radio" || box.type === "checkbox" ? (box.checked ? box.value : "") : field.value;
}

function put(form: HTMLFormElement, kept: Record<string, string>): boolean {
  let changed = false;
  for (const field of fieldsOf(form)) {
    const value = kept[field.name];
    const box = field as HTMLInputElement;
    if (value === undefined || box.type === "radio") continue;
    if (box.type === "checkbox") box.checked = value === box.value;
    else if ((!field.value || field.tagName === "SELECT") && value) {
      field.value = value;
      changed = true;
    }
  }
  return changed;
}

/**
 * Keeps what is being written in this browser for a day, also when the tab is closed or the battery dies, but neither
 * name nor telephone. Whoever comes back finds it again, is told so, and can throw it away.
 */
export function keepDrafts(form: HTMLFormElement): void {
  const kept = read();
  const first = form.dataset.draft === "what";
  const text = form.elements.namedItem("text") as Field;
  const begun = first && !text.value && kept?.fields.text;
  if (kept && (begun || !first)) put(form, kept.fields);
  if (begun) sayIsBack(form);
  form.addEventListener("input", () => {
    const fields = Object.fromEntries(
      fieldsOf(form).flatMap((field) => (valueOf(field) ? [[field.name, valueOf(field)]] : [])),
    );
    localStorage.setItem(
      key,
      JSON.stringify({ at: Date.now(), fields: { ...read()?.fields, ...fields } } satisfies Kept),
    );
  });
}

function sayIsBack(form: HTMLFormElement): void {
  const words = JSON.parse(form.dataset.draftTexts!) as { back: string; drop: string };
  const line = statusLine();
  line.className = "notice";
  line.textContent = `${words.back} `;
  const drop = button(words.drop, "plain");
  drop.addEventListener("click", () => {
    localStorage.removeItem(key);
    location.assign("/report");
  });
  line.append(drop);
  form.before(line);
}

/** A report that arrived is no draft any more. */
export function finishDraft(): void {
  localStorage.removeItem(key);
}
