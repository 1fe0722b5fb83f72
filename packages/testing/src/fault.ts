/** How a request is to fail: a status, a status with more to it, or no answer at all. */
export type Fault =
  | number
  | {
      readonly status: number;
      /** The `Retry-After` header, in seconds. Default: none. */
      readonly retryAfterSeconds?: number;
    }
  | "network_error";
