import type { DeliveryErrorCode } from "../errors";
import type { TrackInput } from "../event";
import type { DropReason } from "../notices";
import type { ClientOptions, ResolvedOptions } from "../options";
import type { Cancel, HttpOutcome } from "../runtime";
import type { Batch } from "./batch-queue";

/** What the light engine has to know, with every default filled in. */
export type LightOptions = ResolvedOptions & Pick<ClientOptions, "onError" | "logger">;

/** What the light engine borrows from the page it runs in: functions, as they take the fewest bytes. */
export interface LightRuntime {
  /** Milliseconds since 1970 by the wall clock. */
  wallNow(): number;
  /** Milliseconds from any fixed point, never going back. */
  now(): number;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
  newUuid(): string;
  schedule(task: () => void, delayMs: number): Cancel;
  /** So long the host is left alone with what it was doing when it tracked. Storing does not wait. */
  readonly patienceMs: number;
  /** One attempt, and always an answer. The request outlives the page where there is room for it. */
  post(path: string, authorization: string, body: string): Promise<HttpOutcome>;
  /** How many bytes a body may have now that has to outlive the page. */
  room(): number;
  /** Whether the page may go away at any time: events leave at once then. */
  isHidden(): boolean;
  /** Fills in who is in front of the page. */
  complete(input: TrackInput): TrackInput;
  /** Why events may not be taken in now. */
  refusal(): DropReason | undefined;
  /** A line for the developer. */
  warn(line: string): void;
  /** What a developer may do about trouble. */
  advice(code: DeliveryErrorCode): string;
  /** The number of bytes a text takes in UTF-8. */
  utf8Length(text: string): number;
  /** Stores a batch beyond the life of the page and notes its key, if it can. Never throws. */
  store(batch: Batch): void;
  /** Forgets what is stored of a batch. Never throws. */
  unstore(batch: Batch): void;
}
