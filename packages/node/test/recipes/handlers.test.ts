import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type FaultServer, startFaultServer } from "../support/fault-server";
import { order } from "./start-recipe";

let server: FaultServer;

beforeAll(async () => {
  server = await startFaultServer();
  vi.stubEnv("SEGOPS_API_URL", server.url);
  vi.stubEnv("SEGOPS_SECRET_KEY", "sk_test_key");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
});
beforeEach(() => server.always(undefined));

const post = (number: number) =>
  new Request("http://shop.example/orders", { method: "POST", body: JSON.stringify(order(number)) });

describe("the recipe for Next.js", () => {
  it("answers at once, and delivers after", async () => {
    const { POST } = await import("../../recipes/next-route-handler");
    const answer = await POST(post(1));
    expect(answer.status).toBe(201);
    expect(server.stored).not.toContain(1);
    await server.waitForAll([1]);
  });
});

describe("the recipe for waitUntil", () => {
  it("answers at once, and what it asked to be waited for is the delivery", async () => {
    const { default: handler } = await import("../../recipes/wait-until");
    const work: Promise<unknown>[] = [];
    const answer = await handler.fetch(post(2), {}, { waitUntil: (promise) => work.push(promise) });
    expect(answer.status).toBe(201);
    expect(server.stored).not.toContain(2);
    await Promise.all(work);
    expect(server.stored).toContain(2);
  });
});

describe("the recipe for AWS Lambda", () => {
  const invoke = async (number: number) => {
    const { handler } = await import("../../recipes/lambda");
    return handler({ body: JSON.stringify(order(number)) });
  };

  it("has delivered the event when it returns", async () => {
    expect(await invoke(3)).toEqual({ statusCode: 201, body: '{"number":3}' });
    expect(server.stored).toContain(3);
  });

  it("waits for the retries", async () => {
    server.next({ status: 503 }, "reset");
    await invoke(4);
    expect(server.stored).toContain(4);
  });

  it("delivers with the next invocation what could not be delivered in one", async () => {
    server.always(() => ({ status: 503 }));
    expect(await invoke(5)).toMatchObject({ statusCode: 201 });
    expect(server.stored).not.toContain(5);
    server.always(undefined);
    await invoke(6);
    expect(server.stored).toEqual(expect.arrayContaining([5, 6]));
  });

  it("is a barrier for each of the invocations that run side by side", async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => 100 + index);
    await Promise.all(
      numbers.map(async (number) => {
        await invoke(number);
        expect(server.stored).toContain(number);
      }),
    );
  });

  it("delivers nothing twice", () => {
    expect(server.stored).toHaveLength(new Set(server.stored).size);
  });
});
