import { enterKey } from "./access.js";
import { element, newId } from "./dom.js";
import { announce } from "./live.js";
import { listenAnew } from "./stream.js";

/** Asks for a secret key, which opens its workspace to this tab. @param {string} said What the server said. */
export function keyForm(said) {
  const input = element("input", "input");
  Object.assign(input, { type: "password", id: newId("key"), required: true, autocomplete: "off" });
  input.placeholder = "sk_…";
  const label = element("label", "", "Secret key");
  label.htmlFor = input.id;
  const send = element("button", "primary", "Open workspace");
  const form = element("form", "key-form", label, element("div", "inline", input, send));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    useKey(input.value.trim());
  });
  return element(
    "div",
    "failure",
    element("h3", "", "Which workspace?"),
    element("p", "", "Users and segments belong to a workspace. Its secret key opens it, for this tab only."),
    form,
    element("p", "said", said),
  );
}

/** Looks at everything anew, with this key or without any. @param {string | null} key */
export function useKey(key) {
  enterKey(key);
  listenAnew();
  announce("key");
}
