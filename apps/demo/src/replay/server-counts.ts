import * as z from "zod";

const countsSchema = z.object({
  good: z.int(),
  duplicates: z.int(),
  distinct_users: z.int(),
});

/** What a local-api holds in its database. */
export type ServerCounts = z.infer<typeof countsSchema>;

/** Asks a server for what it has stored. Undefined when it is none that tells: only local-api does. */
export async function fetchCounts(apiUrl: string): Promise<ServerCounts | undefined> {
  try {
    const answer = await fetch(`${apiUrl}/local/counts`, { signal: AbortSignal.timeout(10_000) });
    return countsSchema.safeParse(await answer.json()).data;
  } catch {
    return undefined;
  }
}
