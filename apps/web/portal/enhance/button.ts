/** A button that a script adds; without the script it has nothing to do. */
export function button(label: string, kind = "second"): HTMLButtonElement {
  return Object.assign(document.createElement("button"), {
    type: "button",
    className: `button ${kind}`,
    textContent: label,
  });
}

/** A line that screen readers say when it changes. */
export function statusLine(): HTMLParagraphElement {
  const line = document.createElement("p");
  line.setAttribute("role", "status");
  return line;
}
