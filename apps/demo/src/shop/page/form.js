/**
 * Sends a form as JSON and shows the answer: errors beside their fields, the rest below the button.
 *
 * @param {HTMLFormElement} form
 * @param {{
 *   path: string,
 *   read: (data: FormData) => unknown,
 *   done: (answer: any) => string,
 * }} options
 */
export function submitAsJson(form, { path, read, done }) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]"));
    button.disabled = true;
    showErrors(form, {});
    try {
      const response = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(read(new FormData(form))),
      });
      const answer = await response.json();
      if (response.ok) showResult(form, done(answer), "good");
      else showErrors(form, answer);
    } catch {
      showResult(form, "The shop does not answer. Nothing was sent; try again once it is back.", "bad");
    } finally {
      button.disabled = false;
    }
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string | string[]>} errors by field; what belongs to none goes below the button
 */
function showErrors(form, errors) {
  const remaining = new Map(Object.entries(errors));
  /** @type {HTMLElement | undefined} */
  let first;
  for (const place of form.querySelectorAll(".error")) {
    const control = /** @type {HTMLElement} */ (form.querySelector(`[aria-describedby="${place.id}"]`));
    const field = control.getAttribute("name") ?? place.id.replace(/-error$/, "");
    const messages = remaining.get(field);
    remaining.delete(field);
    place.textContent = messages === undefined ? "" : [messages].flat().join(" ");
    control.toggleAttribute("aria-invalid", false);
    if (messages === undefined) continue;
    control.setAttribute("aria-invalid", "true");
    first ??= control instanceof HTMLFieldSetElement ? (control.querySelector("input") ?? control) : control;
  }
  first?.focus();
  showResult(form, [...remaining.values()].flat().join(" "), "bad");
}

/**
 * @param {HTMLFormElement} form
 * @param {string} text
 * @param {"good" | "bad"} tone
 */
function showResult(form, text, tone) {
  const place = /** @type {HTMLElement} */ (form.querySelector(".result"));
  place.textContent = text;
  place.dataset.tone = tone;
}
