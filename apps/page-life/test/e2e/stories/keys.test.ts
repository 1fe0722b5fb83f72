import { expect } from "vitest";
import { goTo, startClient } from "../../support/pages";
import { countRequests } from "../../support/requests";
import { story } from "../../support/story";

story("refuses a secret key, and does not show it", { name: "secret key refused" }, async (visit) => {
  const requests = countRequests(visit);
  const page = await goTo(visit);
  const refusal = await startClient(visit, page, { apiKey: "sk_live_4711" }).catch(String);
  expect(refusal).toMatch(/apiKey.*public key/);
  expect(refusal).not.toContain("4711");
  expect(requests.hits).toBe(0);
});
