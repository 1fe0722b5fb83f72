import type { Balance } from "../../books/balance";
import type { Verdict } from "../../books/verdict";
import { useBalance } from "./use-balance";

/** Tracked, in flight, delivered, stored, refused: always there, so that nothing goes missing unseen. */
export function Counters() {
  const { balance, onDisk, stored, verdict } = useBalance();
  const { tracked, inFlight, delivered, refused, dropped } = balance;
  return (
    <section className="counters" aria-label="What became of all events">
      <dl>
        <Counter name="Tracked" count={tracked} />
        <Counter name="In flight" count={inFlight} tone={inFlight > 0 ? "warn" : ""} />
        <Counter name="Delivered" count={delivered} tone="good" />
        <Counter name="Stored" count={stored} tone="good" />
        <Counter name="Refused" count={refused + dropped} tone={refused + dropped > 0 ? "bad" : ""} />
      </dl>
      <p className="verdict" data-verdict={verdict.kind} aria-live="polite">
        {textOf(verdict, balance, onDisk)}
      </p>
    </section>
  );
}

function Counter({ name, count, tone = "" }: { name: string; count: number | undefined; tone?: string }) {
  return (
    <div data-tone={tone}>
      <dt>{name}</dt>
      <dd data-testid={name}>{count?.toLocaleString("en") ?? "–"}</dd>
    </div>
  );
}

function textOf(verdict: Verdict, { inFlight, left }: Balance, onDisk: number): string {
  switch (verdict.kind) {
    case "unknown":
      return "The server is away: nothing is lost, everything waits.";
    case "even":
      return "It adds up: every delivered event is stored once.";
    case "moving":
      if (left === inFlight)
        return `It adds up: ${left} ${left === 1 ? "waits" : "wait"} ${placeOf(left, onDisk)}.`;
      if (onDisk > 0) return `It adds up: ${onDisk} of them on the backend's disk, the rest on its way.`;
      return verdict.storedInFlight === 0
        ? "It adds up: the rest is on its way."
        : `It adds up: ${verdict.storedInFlight} of those in flight are stored already.`;
    case "counting":
      return `The server is counting: ${verdict.missing} to go.`;
    case "others":
      return `It adds up, beside what others have sent: ${verdict.events}.`;
  }
}

function placeOf(left: number, onDisk: number): string {
  if (onDisk === 0) return "where a page was closed, for its next visit";
  return onDisk === left
    ? "on the backend's disk, for its restart"
    : "on the backend's disk and where a page was closed";
}
