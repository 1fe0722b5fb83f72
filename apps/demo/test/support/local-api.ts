import { programs, startProgram } from "./program";

/** A local-api in a process of its own, which can be killed. */
export interface LocalApi {
  readonly url: string;
  readonly port: number;
  /** Resolves once so many events are in the database. */
  untilStored(rows: number): Promise<void>;
  /** SIGKILL: no handler runs, no connection is closed in order. */
  crash(): Promise<void>;
}

export async function startLocalApi({ data, port = 0 }: { data: string; port?: number }): Promise<LocalApi> {
  const args = ["--data", data, "--port", String(port), "--strict-port"];
  const program = startProgram(programs.localApi, args);
  const [, url = ""] = await program.output(/listening on (http:\S+)/);
  return {
    url,
    port: Number(new URL(url).port),
    async untilStored(rows) {
      // Each look is a request to a busy server, which sets the pace.
      while ((await getJson<{ good: number }>(`${url}/local/counts`)).good < rows);
    },
    async crash() {
      program.kill("SIGKILL");
      await program.ended;
    },
  };
}

interface EventPage {
  results: { id: number; payload: { hash: string } }[];
}

/** The commits in the database, as often as they are there. */
export async function storedHashes(url: string): Promise<string[]> {
  const hashes: string[] = [];
  for (let before = ""; ; ) {
    const path = `/local/events?limit=1000&event_type=commit_authored${before}`;
    const { results } = await getJson<EventPage>(`${url}${path}`);
    const oldest = results.at(-1);
    if (oldest === undefined) return hashes;
    hashes.push(...results.map(({ payload }) => payload.hash));
    before = `&before=${oldest.id}`;
  }
}

async function getJson<Answer>(url: string): Promise<Answer> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}
