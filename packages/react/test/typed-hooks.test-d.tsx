import { SegOpsClient } from "@segops/browser";
import { defineEvents, type Payload } from "@segops/core";
import { createRecordingPageClient } from "@segops/testing";
import { expectTypeOf, it } from "vitest";
import { z } from "zod";
import { SegOpsProvider, useTrack, useTrackOnce } from "../src/index";

const events = defineEvents({ order_placed: z.object({ total: z.number() }) });

it("a catalogue can be given to one hook", () => {
  const track = useTrack<typeof events>();
  track("order_placed", { total: 42 });
  // @ts-expect-error there is no such event
  track("order_plced", { total: 42 });
  useTrackOnce<typeof events>("order_placed", { total: 42 });
});

it("without a catalogue any event will do", () => {
  const track = useTrack();
  expectTypeOf(track).parameter(0).toEqualTypeOf<string>();
  expectTypeOf(track).parameter(1).toEqualTypeOf<Payload | undefined>();
});

it("the provider takes options, a typed client, or a recording one", () => {
  const options = { apiUrl: "https://api.segops.test", apiKey: "pk_test_key" };
  <SegOpsProvider {...options} events={events} />;
  <SegOpsProvider client={new SegOpsClient({ ...options, events })} />;
  <SegOpsProvider client={createRecordingPageClient({ events })} />;
  // @ts-expect-error the key is missing
  <SegOpsProvider apiUrl="https://api.segops.test" />;
  // @ts-expect-error options are those of the client that is given
  <SegOpsProvider client={new SegOpsClient(options)} apiUrl="https://api.segops.test" />;
});
