// @boundaries-ignore: settings shared by the whole workspace
export { packageTests as default } from "../../vitest.shared.ts";
