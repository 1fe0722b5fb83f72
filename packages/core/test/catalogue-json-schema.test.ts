import { type } from "arktype";
import * as v from "valibot";
import { expect, it } from "vitest";
import * as z from "zod";
import { ConfigurationError, defineEvents } from "../src/index";
import { catalogueJsonSchema } from "../src/schema/index";

it("gives the JSON Schema of each payload and of the traits, as they are sent", () => {
  const events = defineEvents(
    {
      order_placed: z.object({ total: z.number().min(0), currency: z.string().default("EUR") }),
      searched: type({ query: "string" }),
    },
    { traits: z.object({ plan: z.enum(["free", "pro"]).optional() }) },
  );
  expect(catalogueJsonSchema(events)).toMatchObject({
    order_placed: {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      properties: { total: { type: "number", minimum: 0 }, currency: { type: "string" } },
      required: ["total", "currency"],
    },
    searched: { type: "object", properties: { query: { type: "string" } }, required: ["query"] },
    context_identified: { properties: { plan: { enum: ["free", "pro"] } } },
  });
});

it("describes a Date and a BigInt as the texts they travel as", () => {
  const events = defineEvents({ order_placed: z.object({ at: z.date(), id: z.bigint() }) });
  expect(catalogueJsonSchema(events).order_placed).toMatchObject({
    properties: { at: { type: "string", format: "date-time" }, id: { type: "string" } },
  });
});

it.each([
  ["a library without an exporter", v.object({}), /valibot does not export it. Use a schema of zod/],
  [
    "what JSON Schema cannot say",
    z.object({ total: z.map(z.string(), z.number()) }),
    /no JSON Schema: map cannot be sent as JSON/,
  ],
])("says which event has none: %s", (_, schema, message) => {
  const convert = () => catalogueJsonSchema(defineEvents({ order_placed: schema }));
  expect(convert).toThrow(ConfigurationError);
  expect(convert).toThrow(/^events\.order_placed/);
  expect(convert).toThrow(message);
});
