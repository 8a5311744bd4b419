const pauseMs = 700;
const shortest = 6;

type Found = { duplicates: { number: string; text: string }[] };

/** Says, while somebody writes, that others said the same: he can follow theirs instead. */
export function findSimilar(field: HTMLTextAreaElement): void {
  const box = document.createElement("div");
  box.setAttribute("role", "status");
  field.after(box);
  let timer: ReturnType<typeof setTimeout>;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), pauseMs);
  });

  async function ask(): Promise<void> {
    const text = field.value.trim().slice(0, 500);
    const answer = text.length < shortest ? undefined : await fetch(`/api/suggest?${new URLSearchParams({ text })}`);
    const { duplicates } = answer?.ok ? ((await answer.json()) as Found) : { duplicates: [] };
    if (duplicates.length === 0) return box.replaceChildren();
    const list = document.createElement("ul");
    for (const { number, text: said } of duplicates) {
      const link = Object.assign(document.createElement("a"), {
        href: `/cases/${number}`,
        target: "_blank",
        rel: "noreferrer",
        textContent: said,
      });
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    const title = Object.assign(document.createElement("strong"), { textContent: field.dataset.similar! });
    const card = Object.assign(document.createElement("div"), { className: "card similar" });
    card.append(title, list);
    box.replaceChildren(card);
  }
}
