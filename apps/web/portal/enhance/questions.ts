/** Asks the questions of the category that is chosen, as soon as it is; what was answered already stays. */
export function askQuestions(place: HTMLElement): void {
  const box = place.querySelector<HTMLElement>("[data-questions]")!;
  const others = place.querySelector<HTMLSelectElement>("select")!;
  const radios = [...place.querySelectorAll<HTMLInputElement>("input[name=categoryId]")];

  const ask = async (category: string): Promise<void> => {
    const answer = await fetch(`${place.dataset.category}?${new URLSearchParams({ category })}`).catch(() => undefined);
    if (!answer?.ok) return;
    const kept = new Map(
      [...box.querySelectorAll<HTMLInputElement>("input[type=text], input[type=number]")].map((field) => [
        field.name,
        field.value,
      ]),
    );
    box.innerHTML = await answer.text();
    for (const field of box.querySelectorAll<HTMLInputElement>("input[type=text], input[type=number]"))
      field.value = kept.get(field.name) ?? "";
  };

  for (const radio of radios)
    radio.addEventListener("change", () => {
      others.value = "";
      void ask(radio.value);
    });
  others.addEventListener("change", () => {
    const first = radios[0];
    if (others.value) radios.forEach((radio) => (radio.checked = false));
    else if (first) first.checked = true;
    void ask(others.value || (first?.value ?? ""));
  });
}
