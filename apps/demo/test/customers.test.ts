import { appendFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Customers } from "../src/shop/customers";
import { temporaryFolder } from "./support/folder";

const ada = { name: "Ada", email: "ada@example.com", plan: "free" } as const;
const bob = { name: "Bob", email: "bob@example.com", plan: "free" } as const;

test("customers outlive a backend that was killed in the middle of a line", async () => {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  const file = path.join(folder.path, "customers.jsonl");
  const before = new Customers(file);
  before.put(ada);
  before.put(bob);
  before.put({ ...ada, plan: "pro" });
  appendFileSync(file, '{"name":"Eve","em');
  expect(new Customers(file).all).toEqual([bob, { ...ada, plan: "pro" }]);
});
