const encoder = new TextEncoder();

/** Runs a task once, later. Returns the way to take it back. */
export function schedule(task: () => void, delayMs: number): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}

/** The number of bytes a text takes in UTF-8. */
export function utf8Length(text: string): number {
  // An encoder takes longer than all else that is done for an event.
  return /[^ -~]/.test(text) ? encoder.encode(text).length : text.length;
}
