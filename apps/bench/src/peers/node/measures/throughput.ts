import { startPeerSink } from "../../sink";
import type { PeerThroughput } from "../programs/throughput";
import { type NodeRow, runNodeProgram } from "../run-program";

const TRACK_FOR_MS = 6_000;
const MOST_EVENTS = 200_000;
/** Often enough for the pace, and too seldom to cost anything. */
const COUNT_EVERY_MS = 5;

/** Events delivered to a sink that answers at once, and the CPU time they took; the sink is this process. */
export async function measureThroughput(row: NodeRow): Promise<PeerThroughput | undefined> {
  const sink = await startPeerSink();
  let telling: NodeJS.Timeout | undefined;
  const { result } = await runNodeProgram<PeerThroughput>("throughput", row, sink.url, {
    args: [TRACK_FOR_MS, MOST_EVENTS],
    onStart(child) {
      let told = 0;
      telling = setInterval(() => {
        const { unique } = sink.events;
        if (unique === told || !child.connected) return;
        told = unique;
        child.send(unique, () => {});
      }, COUNT_EVERY_MS);
    },
  });
  clearInterval(telling);
  await sink.close();
  return result;
}
