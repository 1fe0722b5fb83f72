import { describe, expect, it } from "vitest";
import { signUserId } from "../src/server";

const SECRET = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
const TIMESTAMP = 1_767_225_600;

// The vectors of the SegOps contract, section 3.
describe("signing a user id", () => {
  it.each([
    ["user-123", "1f9476d9d5a5ccb9a1e8092ca69897e75bf10e0e86bd640299169d9ceea2892c"],
    ["zoë|pipe@example.com", "a18be1a20946f7a64ca486e197795c92c21a1a0c47df8337dfc4eb120aeb24b9"],
  ])("gives what the server expects for %s", async (user_id, user_id_sig) => {
    expect(await signUserId(SECRET, user_id, TIMESTAMP * 1000 + 999)).toEqual({
      user_id,
      user_id_sig,
      user_id_ts: TIMESTAMP,
    });
  });

  it("takes the time of the call", async () => {
    const before = Math.floor(Date.now() / 1000);
    const { user_id_ts } = await signUserId(SECRET, "ada");
    expect(user_id_ts).toBeGreaterThanOrEqual(before);
    expect(user_id_ts).toBeLessThanOrEqual(Date.now() / 1000);
  });

  it.each(["", "xyz", "0", `${SECRET}0`])("refuses %j as a secret without showing it", async (secret) => {
    await expect(signUserId(secret, "ada")).rejects.toThrow(
      /^secretHex must be the key's HMAC secret in hex/,
    );
  });

  it("refuses an empty user id", async () => {
    await expect(signUserId(SECRET, "")).rejects.toThrow("userId must be a non-empty string, but is empty");
  });
});
