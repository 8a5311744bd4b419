/** What the check says, in the page's language; `{…}` is filled in. */
export type ReceiptTexts = {
  check: string;
  checking: string;
  fresh: string;
  good: string;
  seen: string;
  first: string;
  changed: string;
  missing: string;
  altered: string;
  extra: string;
  rewritten: string;
  gone: string;
  failed: string;
  kept: string;
  kinds: Record<string, string>;
};

const loadCheck = () => import("./receiptCheck.ts");

/** A button that checks, and a place for an older receipt; the checking itself is loaded only when asked for. */
export function offerReceiptCheck(place: HTMLElement): void {
  const texts = JSON.parse(place.dataset.texts!) as ReceiptTexts;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button second";
  button.textContent = texts.check;
  const label = document.createElement("label");
  label.textContent = texts.kept;
  label.className = "button plain";
  label.htmlFor = "kept-receipt";
  const file = document.createElement("input");
  file.type = "file";
  file.id = "kept-receipt";
  file.className = "visually-hidden";
  file.accept = "application/json,.json";
  const said = document.createElement("div");
  said.setAttribute("role", "status");
  place.querySelector(".buttons")!.append(button);
  place.append(file, label, said);
  const check = async (): Promise<void> => {
    button.disabled = true;
    said.textContent = texts.checking;
    try {
      const { checkCase } = await loadCheck();
      const lines = await checkCase(place.dataset.receipt!, texts, await file.files?.[0]?.text());
      said.className = lines.right ? "notice" : "problem";
      said.replaceChildren(
        ...lines.lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })),
      );
    } catch (error) {
      said.className = "problem";
      said.textContent = `${texts.failed} ${(error as Error).message}`;
    }
    button.disabled = false;
  };
  button.addEventListener("click", () => void check());
  // Made ready while the reader reads: a cheap phone takes longer to load the check than to carry it out.
  setTimeout(() => void loadCheck().then(({ makeReady }) => makeReady()), 500);
  file.addEventListener("change", () => void check());
}
