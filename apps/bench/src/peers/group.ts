import type { Installed } from "./install";
import type { Table } from "./table";

export interface Measured {
  /** For the JSON report. */
  readonly figures: object;
  readonly tables: readonly Table[];
  /** Where ours is first, and where it is not. */
  readonly standings: readonly string[];
}

/** SDKs that are compared with one another. */
export interface Group {
  readonly name: "node" | "browser";
  measure(installed: readonly Installed[], say: (line: string) => void): Promise<Measured>;
}
