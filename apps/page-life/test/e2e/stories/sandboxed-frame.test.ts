import { expect } from "vitest";
import { flush, trackMany, troubleOf } from "../../support/acts";
import { everyEventOnce, everythingStored, storedInDatabase } from "../../support/database";
import { openSandboxedFrame } from "../../support/pages";
import { story } from "../../support/story";

story("works in a sandboxed frame, whose origin is opaque", { name: "j2 sandboxed frame" }, async (visit) => {
  const frame = await openSandboxedFrame(visit);
  await trackMany(frame, 10);
  await flush(frame);
  await everythingStored(visit);
  expect(await storedInDatabase(visit)).toEqual(everyEventOnce(visit));
  expect(await troubleOf(frame)).toEqual(["storage_unavailable"]);
});
