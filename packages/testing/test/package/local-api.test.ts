import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
// @boundaries-ignore: shared by every package's tests
import { installProject, type Project, pack } from "../../../../scripts/lib/packed.ts";

let destination: string;
let project: Project;

beforeAll(async () => {
  destination = await mkdtemp(path.join(tmpdir(), "segops-local-api-"));
  project = await installProject({
    tarballs: [await pack("packages/core", destination), await pack("packages/testing", destination)],
    linked: [{ name: "@segops/local-api", from: "apps/demo" }],
  });
});

afterAll(async () => {
  await project?.remove();
  await rm(destination, { recursive: true, force: true });
});

/** What a test with a browser does: it starts a server, sends to it, waits, and lets it fail. Prints what it saw. */
const story = `async function tell(startLocalApi) {
  const segops = await startLocalApi();
  const post = async (path, authorization, body) => {
    const headers = { authorization, "content-type": "application/json" };
    const request = { method: "POST", headers, body: JSON.stringify(body) };
    return fetch(segops.url + path, request).catch(() => ({ status: 0 }));
  };
  const send = async (total, authorization = "ApiKey " + segops.secretKey) => {
    const event = { user_id: "ada", event_type: "order_placed", payload: { total } };
    return (await post("/api/ingestion/track/", authorization, event)).status;
  };
  const waiting = segops.waitForEvents(2);
  await send(1);
  await send(2);
  const totals = (await waiting).eventsOf("order_placed").map(({ payload }) => payload.total);
  const late = await segops.waitForEvents(3, { timeoutMs: 1 }).catch((error) => error.message);
  await segops.clear();
  const cleared = (await segops.record()).events();
  segops.failNext(503);
  segops.failNext({ status: 429, retryAfterSeconds: 2 });
  segops.failNext("network_error");
  const statuses = [await send(1), await send(1), await send(1), await send(1)];
  segops.failNextSession(500);
  const mint = () => post("/api/auth/session/", "ApiKey " + segops.publicKey, { user_id: "ada" });
  const failed = (await mint()).status;
  const { token } = await (await mint()).json();
  segops.expireTokens();
  const expired = await send(1, "Bearer " + token);
  await segops.stop();
  console.log(JSON.stringify({ totals, late, cleared, statuses, failed, expired }));
}`;

const seen = {
  totals: [1, 2],
  late: expect.stringContaining('"good":2'),
  cleared: [],
  statuses: [503, 429, 0, 202],
  failed: 500,
  expired: 401,
};

it("a server is started, waited for, and told to fail, from an ES module", async () => {
  const source = `import { startLocalApi } from "@segops/testing/local-api"; ${story} await tell(startLocalApi);`;
  expect(JSON.parse(await project.run("story.mjs", source))).toEqual(seen);
});

it("and from CommonJS", async () => {
  const source = `${story} tell(require("@segops/testing/local-api").startLocalApi);`;
  expect(JSON.parse(await project.run("story.cjs", source))).toEqual(seen);
});
