const fields = "textarea, input[type=text], input[type=tel]";

/** Keeps what is being written in this tab until it is sent; other tabs and later visitors never see it. */
export function keepDrafts(form: HTMLFormElement): void {
  const key = `linge-draft-${form.dataset.draft}`;
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}") as Record<string, string>;
  for (const field of form.querySelectorAll<HTMLInputElement>(fields))
    if (!field.value && kept[field.name]) field.value = kept[field.name]!;
  form.addEventListener("input", () => {
    const values = [...form.querySelectorAll<HTMLInputElement>(fields)].map((field) => [field.name, field.value]);
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(values)));
  });
  form.addEventListener("submit", () => {
    if (form.dataset.draft === "more")
      for (const step of ["what", "where", "more"]) sessionStorage.removeItem(`linge-draft-${step}`);
  });
}
