import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What a program does with its client, and how it is to end. */
export interface Story {
  readonly title: string;
  /** How it loads the package. */
  readonly module: "import" | "require";
  /** JavaScript. `client`, `trackMany(n)` and `SegOpsClient` are there. */
  readonly does: string;
  /** Sent once it has printed `ready`. */
  readonly signal?: NodeJS.Signals;
  /** What is known of its end. */
  readonly ends: Partial<StoryEnd>;
  /** Another program with the same spool runs after it: what it does. Without this there is no spool. */
  readonly next?: string;
}

export interface StoryEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Connection {
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly userId: string;
  readonly spool?: string | undefined;
}

const LOADING: Readonly<Record<Story["module"], string>> = {
  import: 'import { SegOpsClient } from "@segops/node";',
  require: 'const { SegOpsClient } = require("@segops/node");',
};

/** Also the text of the worker thread in a story that has one. */
const program = ({ module, does }: Story): string => `
${LOADING[module]}
const { USER_ID, SPOOL } = process.env;
const client = new SegOpsClient({ spool: SPOOL !== undefined && { directory: SPOOL } });
let number = 0;
const trackMany = (count) => {
  for (let i = 0; i < count; i++)
    client.track({ userId: USER_ID, eventType: "counted", payload: { number: ++number } });
};
(async () => { ${does} })();
`;

/** Where the package is found as a user's program finds it: built, in node_modules. */
const folder = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a program with some Node, under --unhandled-rejections=strict. */
export function runStory(node: string, story: Story, to: Connection): Promise<StoryEnd> {
  const type = story.module === "import" ? "module" : "commonjs";
  const child = spawn(node, [`--input-type=${type}`, "--eval", program(story)], {
    cwd: folder,
    env: {
      NODE_OPTIONS: "--unhandled-rejections=strict",
      SEGOPS_API_URL: to.apiUrl,
      SEGOPS_SECRET_KEY: to.apiKey,
      USER_ID: to.userId,
      ...(to.spool !== undefined && { SPOOL: to.spool }),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    if (story.signal && stdout.includes("ready")) child.kill(story.signal);
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}
