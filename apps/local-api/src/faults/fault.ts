import * as z from "zod";

/** What a fault of any kind may say: which requests it meets, and how often. */
const common = {
  /** The requests it meets. @default "any", which is everything below /api */
  on: z.enum(["any", "ingestion", "session"]).default("any"),
  /** How many requests it meets before it is used up. Without it, it stays until it is removed. */
  times: z.int().positive().optional(),
  /** How many matching requests pass before it begins. @default 0 */
  skip: z.int().nonnegative().default(0),
  /** Only requests with a key or token of this workspace. */
  workspace: z.string().optional(),
};
const stored = z.boolean().default(false);

/** One fault. `stored: true` handles the request first: the events are stored, and only the answer goes wrong. */
export const faultSchema = z.discriminatedUnion("kind", [
  /** Answers with an error. */
  z.strictObject({
    kind: z.literal("error"),
    status: z.int().min(400).max(599).default(503),
    stored,
    ...common,
  }),
  /** Answers 429 with `Retry-After`, in seconds or as an HTTP date. */
  z.strictObject({
    kind: z.literal("rate-limit"),
    seconds: z.int().nonnegative().default(1),
    form: z.enum(["seconds", "date"]).default("seconds"),
    ...common,
  }),
  /** Answers 413 to bodies of more bytes than this, by their Content-Length. Smaller ones do not count. */
  z.strictObject({ kind: z.literal("too-large"), bytes: z.int().nonnegative(), ...common }),
  /** Never answers. Removing the fault, or closing the server, cuts the connection. */
  z.strictObject({ kind: z.literal("hang"), stored, ...common }),
  /** Answers after so many milliseconds. */
  z.strictObject({ kind: z.literal("slow"), ms: z.int().nonnegative(), stored, ...common }),
  /** Cuts the connection without an answer. */
  z.strictObject({ kind: z.literal("reset"), stored, ...common }),
  /** Stores the events, then cuts the connection: `reset` with `stored: true`. */
  z.strictObject({ kind: z.literal("accept-then-reset"), ...common }),
  /** Takes effect at once: every session token minted so far is answered 401. */
  z.strictObject({ kind: z.literal("expire-tokens"), workspace: z.string().optional() }),
]);

/** A fault as it is given: whatever has a default may be left out. */
export type Fault = z.input<typeof faultSchema>;
export type ResolvedFault = z.output<typeof faultSchema>;
/** A fault that waits for requests. */
export type WaitingFault = Exclude<ResolvedFault, { kind: "expire-tokens" }>;

export interface FaultView {
  id: number;
  /** How many requests it has met. */
  hits: number;
  fault: ResolvedFault;
}
