import { expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type { TrackInput, WireEvent } from "../src/index";
import type { WireEvent as SchemaWireEvent, trackInputSchema } from "../src/schema/index";

it("the schemas describe the types of the client", () => {
  expectTypeOf<z.infer<typeof trackInputSchema>>().toExtend<TrackInput>();
  expectTypeOf<TrackInput>().toExtend<Readonly<z.input<typeof trackInputSchema>>>();
  expectTypeOf<WireEvent>().toExtend<SchemaWireEvent>();
});
