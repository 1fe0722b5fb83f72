// @boundaries-ignore: settings shared by the whole workspace
export { endToEndTests as default } from "../../vitest.shared.ts";
