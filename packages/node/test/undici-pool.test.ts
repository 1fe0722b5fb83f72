import { expect, it, vi } from "vitest";
import { loadPool } from "../src/undici-pool";

vi.mock("undici/lib/dispatcher/pool.js", () => {
  throw new Error("Cannot find module");
});

it("is taken from undici's entry where a release has its parts elsewhere", async () => {
  const pool = new (await loadPool())("http://127.0.0.1:1");
  expect(pool.dispatch).toBeTypeOf("function");
  await pool.destroy();
});
