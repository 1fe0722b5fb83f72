import { describe, expect, test } from "vitest";
import { get, localServer } from "./support/local-server";

describe("the page", () => {
  test("may load from this server only, and runs no inline script", async () => {
    const server = await localServer();
    const { headers, body } = await get(server, "/");
    expect(headers.get("Content-Security-Policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(body).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
  });

  test("finds every file it asks for", async () => {
    const server = await localServer();
    const seen = new Set<string>();
    const waiting = ["/"];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const { status, body } = await get(server, path);
      expect([path, status]).toEqual([path, 200]);
      for (const [, asset, module] of String(body).matchAll(
        /(?:src|href)="(\/[^"]+\.\w+)"|from "(\.[^"]+)"/g,
      )) {
        const { pathname } = new URL(asset ?? module ?? "", server.url + path);
        waiting.push(pathname);
      }
    }
    expect([...seen]).toEqual(
      expect.arrayContaining(["/styles/theme.css", "/page.js", "/events/event-list.js", "/favicon.svg"]),
    );
  });

  test("names no key but those that everybody knows", async () => {
    const server = await localServer({ keys: [{ key: "sk_live_precious" }, { key: "pk_test_local" }] });
    expect((await get(server, "/local/info")).body).toEqual({
      url: server.url,
      secret_key: null,
      public_key: "pk_test_local",
    });
  });
});
