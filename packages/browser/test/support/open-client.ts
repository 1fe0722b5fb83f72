import { afterEach } from "vitest";
import { type BrowserClientOptions, SegOpsClient, type SegOpsError } from "../../src/index";
import { API_URL } from "./segops-server";

const open: SegOpsClient[] = [];

/** A client of the page; it is shut down after the test. */
export function openClient(options: Partial<BrowserClientOptions> = {}) {
  const errors: SegOpsError[] = [];
  const client = new SegOpsClient({
    apiUrl: API_URL,
    apiKey: "pk_test_key",
    onError: (error) => errors.push(error),
    ...options,
  });
  open.push(client);
  return { client, errors };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.shutdown({ timeoutMs: 0 })));
});
