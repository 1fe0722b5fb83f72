import * as z from "zod";
import type { Catalogue, PayloadSchema } from "../catalogue/catalogue";
import { ConfigurationError } from "../errors";
import { IDENTIFY_EVENT_TYPE } from "../event";

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Describes what a client with this catalogue sends, for servers and for other languages: for each `event_type` the
 * JSON Schema of its `payload`, and under `context_identified` that of the traits, if the catalogue has one.
 *
 * @throws ConfigurationError when a schema is not zod's and brings no exporter of its own (Standard JSON Schema), or
 *   holds what JSON Schema cannot say.
 * @example
 * import { catalogueJsonSchema } from "@segops/core/schema";
 * await writeFile("events.schema.json", JSON.stringify(catalogueJsonSchema(events)));
 */
export function catalogueJsonSchema(catalogue: Catalogue): Record<string, JsonSchema> {
  const { events, traits } = catalogue;
  const schemas = Object.entries(traits ? { ...events, [IDENTIFY_EVENT_TYPE]: traits } : events);
  return Object.fromEntries(schemas.map(([name, schema]) => [name, jsonSchemaOf(name, schema)]));
}

function jsonSchemaOf(name: string, schema: PayloadSchema): JsonSchema {
  const standard: ExportingStandard = schema["~standard"];
  try {
    // What comes out of a schema is what is sent.
    if (standard.vendor === "zod") return z.toJSONSchema(schema as unknown as z.ZodType, AS_SENT);
    const exported = standard.jsonSchema?.output({ target: "draft-2020-12" });
    if (exported) return exported;
  } catch (error) {
    throw new ConfigurationError(`events.${name}`, `has no JSON Schema: ${(error as Error).message}`);
  }
  throw new ConfigurationError(
    `events.${name}`,
    `has no JSON Schema: ${standard.vendor} does not export it. Use a schema of zod, or one with "~standard".jsonSchema`,
  );
}

const NOT_JSON: readonly string[] = ["map", "set", "symbol", "function", "promise", "nan"];

const AS_SENT = {
  io: "output",
  // Not "throw": that would refuse a Date and a BigInt, which travel as their texts.
  unrepresentable: "any",
  override: ({ zodSchema, jsonSchema }) => {
    const { type } = zodSchema._zod.def;
    if (type === "date") Object.assign(jsonSchema, { type: "string", format: "date-time" });
    if (type === "bigint") Object.assign(jsonSchema, { type: "string", pattern: "^-?\\d+$" });
    if (NOT_JSON.includes(type)) throw new Error(`${type} cannot be sent as JSON`);
  },
} satisfies z.core.ToJSONSchemaParams;

/** A schema of a library that exports JSON Schema itself (Standard JSON Schema, version 1). */
type ExportingStandard = PayloadSchema["~standard"] & {
  readonly jsonSchema?: { output(options: { readonly target: "draft-2020-12" }): JsonSchema };
};
