import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { streamSSE } from "hono/streaming";
import * as z from "zod";
import type { Books } from "./books";

const MAX_BODY_BYTES = 2_000;
/** The shortest time between two messages, in milliseconds. */
const MESSAGE_INTERVAL_MS = 100;
const HEARTBEAT_MS = 10_000;

const count = z.int().nonnegative();
const reportSchema = z.object({
  name: z.string().min(1).max(40),
  version: count,
  totals: z.object({
    accepted: count,
    recovered: count,
    delivered: count,
    refused: count,
    dropped: count,
    left: count,
    pending: count,
  }),
});

export interface BooksRoutesOptions {
  readonly books: Books;
  /** Tells this run of the demo from an earlier one, whose pages may still be open. */
  readonly run: string;
  readonly closing: AbortSignal;
  /** What listeners are shown beside the books. */
  readonly more: () => object;
}

/** `POST /books/<client>` takes a page's totals; `GET /books/stream` shows all books as they change. */
export function booksRoutes({ books, run, closing, more }: BooksRoutesOptions): Hono {
  const routes = new Hono();
  routes.get("/books", (c) => c.json({ run, ...books.view(), ...more() }));
  routes.get("/books/stream", (c) => {
    const client = c.req.query("client");
    return streamSSE(c, async (stream) => {
      const left = new AbortController();
      stream.onAbort(() => left.abort());
      const ended = AbortSignal.any([left.signal, closing]);
      if (client !== undefined) books.setOpen(client, true);
      // A write is what notices that somebody is gone.
      const heartbeat = setInterval(() => void stream.write(": still here\n\n"), HEARTBEAT_MS);
      try {
        while (!ended.aborted) {
          const { version } = books;
          const message = { run, ...books.view(), ...more() };
          await stream.writeSSE({ data: JSON.stringify(message), retry: 1000 });
          await stream.sleep(MESSAGE_INTERVAL_MS);
          await books.changedSince(version, ended).catch(() => {});
        }
      } finally {
        clearInterval(heartbeat);
        if (client !== undefined) books.setOpen(client, false);
      }
    });
  });
  routes.post("/books/:client", bodyLimit({ maxSize: MAX_BODY_BYTES }), async (c) => {
    if (c.req.query("run") !== run) return c.json({ detail: "The demo was started anew. Reload." }, 409);
    const report = reportSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!report.success) return c.json({ detail: "Not a report of a client's totals." }, 400);
    const { name, version, totals } = report.data;
    books.report(c.req.param("client"), name, version, totals);
    return c.body(null, 204);
  });
  return routes;
}
