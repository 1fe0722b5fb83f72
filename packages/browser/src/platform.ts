/** The page's own. Empty where there is no page: a worker has no document, and a server nothing of all. */
export const {
  navigator = {},
  document = {},
  location = {},
} = globalThis as unknown as {
  readonly navigator?: Partial<Navigator> & { readonly globalPrivacyControl?: boolean };
  readonly document?: Partial<Document> & { readonly prerendering?: boolean };
  readonly location?: Partial<Location>;
};

/** Whether this is a page, or a worker of one, and not a server that renders it. */
export const isPage = "addEventListener" in globalThis;

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
