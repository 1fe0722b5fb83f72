/** Stands in for `after` of "next/server": runs a task when the answer is out. */
export function after(task: () => Promise<unknown>): void {
  setImmediate(task);
}
