/** One text for a value of a workspace, to look it up in a `Map` or `Set`. */
export function inWorkspace(workspace: string, value: string): string {
  return JSON.stringify([workspace, value]);
}

/** Sorted, so that two transactions that want the same rows wait for each other in one order only. */
export function sortedEntries<T>(map: ReadonlyMap<string, T>): T[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
