import { fileURLToPath } from "node:url";

/** The built `replay` command, which lies beside this module in the build. */
export const replayScript = fileURLToPath(new URL("./replay.js", import.meta.url));
