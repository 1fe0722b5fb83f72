import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/** Stands between a client and its server, and can keep the server's answers to itself. */
export interface MutingProxy {
  readonly url: string;
  /** Resolves when an answer has been swallowed: the server did its work, and the client does not know. */
  swallowAnswer(): Promise<void>;
  /** Passes on everything again. */
  unmute(): void;
  close(): void;
}

export async function startMutingProxy(serverPort: number): Promise<MutingProxy> {
  let onSwallowed: (() => void) | undefined;
  const proxy = createServer((client) => {
    const server = connect(serverPort, "127.0.0.1");
    client.pipe(server);
    server.on("data", (answer) => {
      if (onSwallowed === undefined) client.write(answer);
      else onSwallowed();
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on("error", () => {});
      one.on("close", () => other.destroy());
    }
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    swallowAnswer: () =>
      new Promise((resolve) => {
        onSwallowed = resolve;
      }),
    unmute() {
      onSwallowed = undefined;
    },
    close: () => proxy.close(),
  };
}
