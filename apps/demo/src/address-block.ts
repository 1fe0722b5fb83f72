import path from "node:path";
import { callerFolder } from "./caller-folder";
import { replayScript } from "./replay-script";

export interface Addresses {
  readonly liveView: string;
  readonly shop: string;
  readonly data: string;
}

/** Where everything is and what to try. */
export function addressBlock({ liveView, shop, data }: Addresses): string {
  const replay = path.relative(callerFolder, replayScript);
  const signUp = JSON.stringify({ name: "Ada", email: "ada@example.com", plan: "pro" });
  const order = JSON.stringify({ email: "ada@example.com", items: [{ sku: "mug", quantity: 2 }] });
  return `
  Open ${liveView}   events, as they arrive
  Open ${shop}   the shop that sends them

  Or try, in another terminal:

    curl ${shop}/sign-ups -H 'Content-Type: application/json' -d '${signUp}'
    curl ${shop}/orders -H 'Content-Type: application/json' -d '${order}'
    node ${replay} . --api-url ${liveView}      every commit of a repository as an event

  Events are kept in ${path.relative(callerFolder, data) || "."}. Ctrl-C stops everything and prints the delivery report.
`;
}
