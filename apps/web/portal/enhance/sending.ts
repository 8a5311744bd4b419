/** While a form is on its way its button says so and cannot be pressed again; coming back by the browser frees it. */
export function sendOnce(form: HTMLFormElement): void {
  form.addEventListener("submit", ({ submitter }) => {
    const pressed = submitter as HTMLButtonElement | null;
    if (!pressed || "keeps" in pressed.dataset) return;
    const words = pressed.textContent;
    // After the form was read: a disabled button is not part of what is sent.
    setTimeout(() => {
      pressed.disabled = true;
      pressed.textContent = form.dataset.sending!;
    });
    addEventListener("pageshow", () => {
      pressed.disabled = false;
      pressed.textContent = words;
    });
  });
}
