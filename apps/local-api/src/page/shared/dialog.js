import { button, element, newId } from "./dom.js";

/**
 * Asks before something is gone for good.
 * @param {{ title: string, text: string, action: string }} question
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, text, action }) {
  const heading = element("h2", "", title);
  heading.id = newId("dialog");
  const dialog = element("dialog", "dialog");
  dialog.setAttribute("aria-labelledby", heading.id);
  const cancel = button("Cancel", () => dialog.close());
  const act = button(action, () => dialog.close("yes"), "danger");
  dialog.append(heading, element("p", "", text), element("div", "actions", cancel, act));
  document.body.append(dialog);
  dialog.showModal();
  cancel.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
