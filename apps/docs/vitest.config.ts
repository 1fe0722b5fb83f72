// @boundaries-ignore: settings shared by the whole workspace
export { default } from "../../vitest.shared.ts";
