import { expect, it, vi } from "vitest";
import { openClient } from "./support/open-client";

const silent = () => ({ debug: vi.fn(), warn: vi.fn(), error: vi.fn() });

it("writes a line for everything that happens to events, where debug is on", async () => {
  const logger = silent();
  const { client } = openClient({ debug: true, logger });
  client.track({ eventType: "cart_opened" });
  await client.flush();
  const lines = logger.debug.mock.calls.map(([line]) => /^\[segops\] {"type":"(\w+)"/.exec(line)?.[1]);
  expect(lines).toEqual(["queued", "sent", "delivered"]);
});

it("writes none otherwise", async () => {
  const logger = silent();
  const { client } = openClient({ logger });
  client.track({ eventType: "cart_opened" });
  await client.flush();
  expect(logger.debug).not.toHaveBeenCalled();
});
