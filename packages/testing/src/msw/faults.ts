import { HttpResponse } from "msw";
import type { Fault } from "../fault";

/** Faults in the order in which they are to happen. */
export interface FaultQueue {
  add(fault: Fault, times: number): void;
  /** The answer of the fault whose turn it is. */
  next(): Response | undefined;
  clear(): void;
}

export function createFaultQueue(): FaultQueue {
  const faults: Fault[] = [];
  return {
    add(fault, times) {
      for (let time = 0; time < times; time++) faults.push(fault);
    },
    next() {
      const fault = faults.shift();
      return fault === undefined ? undefined : answerOf(fault);
    },
    clear() {
      faults.length = 0;
    },
  };
}

function answerOf(fault: Fault): Response {
  if (fault === "network_error") return HttpResponse.error();
  const { status, retryAfterSeconds } = typeof fault === "number" ? { status: fault } : fault;
  return HttpResponse.json(
    { detail: `This ${status} was asked for by the test.` },
    {
      status,
      headers: retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) },
    },
  );
}
