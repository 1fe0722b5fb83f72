import { ConfigurationError, InvalidEventError } from "../errors";
import { IDENTIFY_EVENT_TYPE, type Payload } from "../event";
import type { Catalogue, EventSchemas, PayloadSchema } from "./catalogue";
import { mismatchError } from "./mismatch";

/** What a client says by itself: it passes any catalogue that does not name it. */
const BUILT_IN_EVENTS = [IDENTIFY_EVENT_TYPE, "page_viewed", "ai_referral_session"];

/** The most event names that a message lists. */
const MAX_LISTED = 10;

/**
 * Names the events that may be sent and what each one carries. Give the result to a client as `events`: a wrong name or
 * payload is then an error of the compiler, and at run time an InvalidEventError, which `track()` treats as any other:
 * the event is not sent, `onError` is told, and with `strict` it is thrown.
 *
 * What a schema gives back is what is sent: its defaults, its transformations, and, where the library leaves out what
 * it does not know (zod, valibot), without undeclared properties. The events that a client sends by itself
 * (`page_viewed`, `ai_referral_session`, `context_identified`) need not be named.
 *
 * @param events For each event name the schema of its payload, from any library that speaks Standard Schema: zod,
 *   valibot, arktype, … It must answer at once: a schema that returns a promise is refused with each event.
 * @param options `traits`: the schema of what `identify()` says of a user. Default: any traits.
 * @throws ConfigurationError when what is given as a schema is none.
 * @example
 * const events = defineEvents(
 *   { order_placed: z.object({ total: z.number() }) },
 *   { traits: z.object({ plan: z.enum(["free", "pro"]) }).partial() },
 * );
 * const segops = new SegOpsClient({ events });
 * segops.track({ userId: "ada", eventType: "order_placed", payload: { total: 42 } });
 */
export function defineEvents<
  const Events extends EventSchemas,
  Traits extends PayloadSchema | undefined = undefined,
>(events: Events, options: { readonly traits?: Traits } = {}): Catalogue<Events, Traits> {
  const schemas = new Map(Object.entries(events));
  if (schemas.has(IDENTIFY_EVENT_TYPE)) {
    throw new ConfigurationError(
      `events.${IDENTIFY_EVENT_TYPE}`,
      "is what identify() sends. Give its schema as the second argument: { traits: … }",
    );
  }
  for (const [name, schema] of schemas) demandSchema(`events.${name}`, schema);
  const { traits } = options;
  if (traits !== undefined) {
    demandSchema("traits", traits);
    schemas.set(IDENTIFY_EVENT_TYPE, traits);
  }

  return {
    events,
    traits: traits as Traits,
    check(eventType, payload) {
      const schema = schemas.get(eventType);
      if (schema) return checkAgainst(schema, eventType, payload);
      if (BUILT_IN_EVENTS.includes(eventType)) return payload as Payload;
      throw unknownEvent(eventType, Object.keys(events));
    },
  };
}

function demandSchema(option: string, schema: PayloadSchema | undefined): void {
  if (typeof schema?.["~standard"]?.validate !== "function") {
    throw new ConfigurationError(
      option,
      "must be a schema that speaks Standard Schema, such as z.object({…})",
    );
  }
}

function checkAgainst(schema: PayloadSchema, eventType: string, payload: unknown): Payload {
  const field = eventType === IDENTIFY_EVENT_TYPE ? "traits" : "payload";
  const given = payload === undefined ? {} : payload;
  let result: ReturnType<PayloadSchema["~standard"]["validate"]>;
  try {
    result = schema["~standard"].validate(given);
  } catch (error) {
    // Not with the error's message: it may hold what is private.
    const name = error instanceof Error ? error.name : typeof error;
    throw new InvalidEventError(field, `of ${eventType} could not be checked: its schema threw ${name}`);
  }
  if ("then" in result) {
    // Nobody waits for it, so that its rejection must not end the process.
    Promise.resolve(result).catch(() => {});
    throw new InvalidEventError(
      field,
      `of ${eventType} cannot be checked: its schema answers with a promise, and track() does not wait. Use a schema without asynchronous parts, whose transforms do not throw`,
    );
  }
  if (result.issues) throw mismatchError(field, eventType, given, result.issues);
  return result.value as Payload;
}

function unknownEvent(eventType: unknown, names: readonly string[]): InvalidEventError {
  const given = typeof eventType === "string" ? JSON.stringify(eventType.slice(0, 60)) : typeof eventType;
  const listed = names.slice(0, MAX_LISTED).join(", ") + (names.length > MAX_LISTED ? ", …" : "");
  return new InvalidEventError(
    "eventType",
    `is ${given}, which is not in the catalogue. Add it to defineEvents(), or use one of: ${listed}`,
  );
}
