// Fields are declared and set in constructors: a field costs a helper in ES2020.

/** What every error of this SDK has: a class, a stable `code`, and a message that says what to do. */
export class SegOpsError extends Error {
  /** Stays the same over releases: for `switch`, metrics and searches. */
  declare readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "SegOpsError";
    this.code = code;
  }
}

/** An option is missing or wrong. Thrown by the constructor, at the developer's desk. Code: `invalid_option`. */
export class ConfigurationError extends SegOpsError {
  /** The option's name. */
  declare readonly option: string;

  constructor(option: string, problem: string) {
    super("invalid_option", `${option} ${problem}`);
    this.name = "ConfigurationError";
    this.option = option;
  }
}

/** What a schema of the catalogue finds wrong with one property. */
export interface EventIssue {
  /** Where it is: `payload.items[0].price`. */
  readonly path: string;
  /** What is expected there, and the kind of what was given, never its value. */
  readonly message: string;
}

/**
 * A `track()` or `identify()` call that cannot be an event. Given to `onError`; thrown with `strict`.
 * Codes: `invalid_event`, and `event_too_large`.
 */
export class InvalidEventError extends SegOpsError {
  /** The field at fault, in TypeScript's spelling: `userId`, `payload`, … */
  declare readonly field: string;
  /** Where the event does not match its schema in the catalogue; undefined for any other fault. */
  declare readonly issues?: readonly EventIssue[];

  constructor(field: string, problem: string, code: "invalid_event" | "event_too_large" = "invalid_event") {
    super(code, `${field} ${problem}`);
    this.name = "InvalidEventError";
    this.field = field;
  }
}

/** Why events could not be delivered, or not yet. */
export type DeliveryErrorCode =
  /** 401: the key or token is wrong or expired. The events are kept. */
  | "unauthorized"
  /** 403: the key may not do this. The events are kept. */
  | "forbidden"
  /** 404: there is no such path: `apiUrl` is wrong. The events are kept. */
  | "not_found"
  /** Another answer that no retry will mend. The events are kept. */
  | "unexpected_answer"
  /** The retries are used up. The events are kept and tried again after a pause. */
  | "unavailable"
  /** The server refused these very events (400, or `skipped`). */
  | "rejected"
  /** The server cannot take an event of this size (413). */
  | "too_large"
  /** The queue is full: these events are lost. */
  | "queue_full"
  /** `track()` after `shutdown()`: these events are lost. */
  | "closed"
  /** Left over at the end of `shutdown()`, with nobody to hand them to: these events are lost. */
  | "undelivered"
  /** `beforeSend` threw: the event is not sent. */
  | "before_send_failed";

/** Events that are delayed or lost, and why. Given to `onError`, never thrown. */
export class DeliveryError extends SegOpsError {
  declare readonly code: DeliveryErrorCode;
  /** The HTTP status, where there was an answer. */
  declare readonly status: number | undefined;
  /** How often this batch has been sent. */
  declare readonly attempts: number;
  /** How many events it is about. */
  declare readonly events: number;

  constructor(
    code: DeliveryErrorCode,
    message: string,
    about: {
      readonly events: number;
      readonly status?: number | undefined;
      readonly attempts?: number | undefined;
    },
  ) {
    super(code, message);
    this.name = "DeliveryError";
    this.events = about.events;
    this.status = about.status;
    this.attempts = about.attempts ?? 0;
  }
}
