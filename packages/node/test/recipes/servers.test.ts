import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultServer, startFaultServer } from "../support/fault-server";
import { closedTo, order, placeOrder, startOrder, startRecipe } from "./start-recipe";

let server: FaultServer;

beforeEach(async () => {
  server = await startFaultServer();
});
afterEach(() => server.close());

describe.each([
  ["Express", new URL("../../recipes/express.ts", import.meta.url)],
  ["Fastify", new URL("../../recipes/fastify.ts", import.meta.url)],
])("the recipe for %s", (_, file) => {
  it("delivers the event of a request", async () => {
    const { port, terminate, end } = await startRecipe(file, server.url);
    expect(await placeOrder(port, order(1))).toBe(201);
    terminate();
    expect(await end).toEqual({ code: 0, signal: null });
    expect(server.stored).toEqual([1]);
  });

  it("loses nothing on SIGTERM, not even of a request that is under way", async () => {
    server.next({ status: 503 }, "lost answer");
    const { port, terminate, end } = await startRecipe(file, server.url);
    const underWay = await startOrder(port, order(21));
    for (let number = 1; number <= 20; number++) await placeOrder(port, order(number));
    terminate();
    await closedTo(port);
    expect(await underWay.finish()).toBe(201);
    expect(await end).toEqual({ code: 0, signal: null });
    expect([...server.stored].sort((a, b) => a - b)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1));
  });
});
