import { once } from "node:events";
import { startChild } from "./child";
import { SAMPLE_EVENT_BYTES } from "./sample-event";

const EMPTY_BODY_BYTES = '{"events":[]}'.length;

export interface Received {
  readonly requests: number;
  readonly bytes: number;
}

/** The counting server, in a process of its own. */
export interface Sink {
  readonly url: string;
  /** What has come since the last call. */
  take(): Promise<Received>;
  close(): void;
}

export async function startSink(): Promise<Sink> {
  const child = startChild("sink-process", []);
  const [url] = (await once(child, "message")) as [string];
  return {
    url,
    async take() {
      child.send("take");
      const [received] = (await once(child, "message")) as [Received];
      return received;
    },
    close: () => child.disconnect(),
  };
}

/** How many sample events came. All are of one length, so that their number follows from the bytes. */
export function eventsIn({ requests, bytes }: Received): number {
  // A body of n events has n - 1 commas.
  return (bytes - requests * (EMPTY_BODY_BYTES - 1)) / (SAMPLE_EVENT_BYTES + 1);
}
