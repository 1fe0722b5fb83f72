import { temporaryFolder } from "./folder";
import { type Program, programs, startProgram } from "./program";

export interface RunningDemo {
  readonly shop: string;
  readonly liveView: string;
  /** All that is stored, newest first. */
  events(): Promise<StoredEvent[]>;
  stop(): Promise<void>;
}

export interface StoredEvent {
  readonly user_id: string;
  readonly resolved_user_id: string;
  readonly event_type: string;
  readonly event_id: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The built demo in processes of its own, with a database of its own. */
export async function startDemo(): Promise<RunningDemo> {
  const folder = await temporaryFolder();
  const args = ["--port", "0", "--shop-port", "0", "--data", folder.path];
  const program: Program = startProgram(programs.start, args);
  const [, liveView = "", shop = ""] = await program.output(/Open (\S+)[\s\S]*Open (\S+)/);
  return {
    shop,
    liveView,
    async events() {
      const answer = await fetch(`${liveView}/local/events?limit=1000`);
      return ((await answer.json()) as { results: StoredEvent[] }).results;
    },
    async stop() {
      program.kill("SIGINT");
      await program.ended;
      await folder.remove();
    },
  };
}
