import { expect, test } from "vitest";
import { OPERATIONS } from "../src/openapi/operations";
import { batch, get, localServer, pageViewed, post } from "./support/local-server";

interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, { operationId: string; requestBody?: unknown }>>;
}

test("the server describes its calls in OpenAPI", async () => {
  const server = await localServer();
  const document = (await get(server, "/openapi.json")).body as Document;
  expect(document).toMatchObject({ openapi: "3.1.0", servers: [{ url: server.url }] });
  expect(document.paths["/api/ingestion/track/"]).toMatchObject({
    post: {
      requestBody: {
        content: { "application/json": { schema: { type: "object", required: ["user_id", "event_type"] } } },
      },
      responses: { 202: {}, 400: {}, 401: {}, 413: {}, 429: {} },
    },
  });
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(OPERATIONS.length);
});

test("what it answers is what it describes", async () => {
  const server = await localServer();
  const key = { "Idempotency-Key": "k" };
  const event = { ...pageViewed, event_id: "e", payload: { seq: 1 } };
  for (let n = 0; n < 2; n++) await batch(server, [event, pageViewed, "bad"], key);
  await post(server, "/local/faults", { kind: "error", on: "session" });
  const Authorization = "ApiKey sk_test_local";
  for (const { method, path, success } of OPERATIONS) {
    if (method !== "get" || success.schema === undefined) continue;
    // They have tests of their own.
    if (path.includes("/segments/")) continue;
    const id = path.includes("/bad/") ? "3" : "1";
    const { status, body } = await get(server, path.replace("{id}", id).replace("{user_id}", "ada"), {
      Authorization,
    });
    expect([path, status]).toEqual([path, success.status]);
    expect(success.schema.safeParse(body).error, path).toBeUndefined();
  }
});
