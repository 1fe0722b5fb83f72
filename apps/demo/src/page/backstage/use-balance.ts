import type { Balance } from "../../books/balance";
import { judge, type Verdict } from "../../books/verdict";
import { books } from "../live/books";
import { segOps } from "../live/segops";
import { useStore } from "../live/store";

const NOTHING: Balance = { tracked: 0, inFlight: 0, left: 0, delivered: 0, refused: 0, dropped: 0 };

/** The books of all clients beside what the server has stored since the demo began. */
export function useBalance(): {
  balance: Balance;
  /** Those left that the backend has on its disk. */
  onDisk: number;
  stored: number | undefined;
  verdict: Verdict;
} {
  const { news } = useStore(books);
  const { stored: inAll } = useStore(segOps);
  const balance = news?.balance ?? NOTHING;
  const stored = news && inAll !== undefined ? Math.max(0, inAll - news.storedBefore) : undefined;
  const onDisk = news?.lines.find(({ name }) => name === "@segops/node")?.left ?? 0;
  return { balance, onDisk, stored, verdict: judge(balance, stored) };
}
