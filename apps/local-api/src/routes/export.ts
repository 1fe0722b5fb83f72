import type { Handler } from "hono";
import { stream } from "hono/streaming";
import * as z from "zod";
import type { Services } from "../app";
import { checked } from "../checked";
import { everyBadEvent, everyEvent } from "../store/export";
import { localScope } from "./local-access";
import { badEventView, eventView } from "./views";

export const exportQuery = z.object({ kind: z.enum(["good", "bad"]).default("good") });

/** Lines are gathered up to about this many characters before they are sent. */
const CHUNK = 64_000;

/** Everything that was received, as JSON lines in the order of arrival. */
export function exportRoute({ database, options }: Services): Handler {
  return (c) => {
    const { kind } = checked(exportQuery, c.req.query());
    const workspace = localScope(c);
    c.header("Content-Type", "application/x-ndjson");
    c.header("Content-Disposition", `attachment; filename="segops-${kind}.jsonl"`);
    return stream(
      c,
      async (output) => {
        let text = "";
        const add = async (view: unknown) => {
          text += `${JSON.stringify(view)}\n`;
          if (text.length < CHUNK) return;
          await output.write(text);
          text = "";
        };
        if (kind === "good")
          for await (const event of everyEvent(database, workspace)) await add(eventView(event));
        else for await (const event of everyBadEvent(database, workspace)) await add(badEventView(event));
        await output.write(text);
      },
      async (error) => options.logError(error),
    );
  };
}
