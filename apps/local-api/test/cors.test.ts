import { describe, expect, test } from "vitest";
import { localServer, pageViewed, track } from "./support/local-server";

const Origin = "http://localhost:5173";

describe("a page of another origin", () => {
  test.each(["/api/ingestion/track/", "/api/ingestion/track/batch/", "/api/auth/session/", "/api/anything/"])(
    "may ask before it sends to %s",
    async (path) => {
      const server = await localServer();
      const { status, headers } = await fetch(server.url + path, {
        method: "OPTIONS",
        headers: {
          Origin,
          "Access-Control-Request-Method": "POST",
          "Access-Control-Request-Headers": "authorization,content-type",
        },
      });
      expect(status).toBe(204);
      expect(headers.get("Access-Control-Allow-Origin")).toBe(Origin);
      expect(headers.get("Access-Control-Allow-Methods")).toContain("POST");
      expect(headers.get("Access-Control-Allow-Headers")).toBe("Authorization,Content-Type,Idempotency-Key");
      expect(headers.get("Access-Control-Max-Age")).toBe("7200");
    },
  );

  test("may read the answer, be it good or bad", async () => {
    const server = await localServer();
    for (const authorization of ["ApiKey sk_test_local", "ApiKey sk_other", "ApiKey pk_test_local"]) {
      const { headers } = await track(server, pageViewed, { Origin, Authorization: authorization });
      expect(headers.get("Access-Control-Allow-Origin")).toBe(Origin);
      expect(headers.get("Access-Control-Expose-Headers")).toBe("Retry-After");
      expect(headers.get("Vary")).toContain("Origin");
    }
  });
});
