import { HttpResponse } from "msw";

/** How a request is to fail: a status, a status with more to it, or no answer at all. */
export type Fault =
  | number
  | {
      readonly status: number;
      /** The `Retry-After` header, in seconds. */
      readonly retryAfterSeconds?: number;
      /** Default: `{ "detail": "…" }`. */
      readonly body?: unknown;
    }
  | "network_error";

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
  const { status, retryAfterSeconds, body } = typeof fault === "number" ? { status: fault } : fault;
  return HttpResponse.json(body ?? { detail: `This ${status} was asked for by the test.` }, {
    status,
    headers: retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) },
  });
}
