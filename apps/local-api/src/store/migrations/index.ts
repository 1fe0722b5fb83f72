import type { Transaction } from "../database";
import { createEvents } from "./0001-events";
import { shareAndAccount } from "./0002-sharing-and-accounts";
import { createSegments } from "./0003-segments";

export interface Migration {
  version: number;
  up: (transaction: Transaction) => Promise<void>;
}

/** The schema, one step at a time. A step that was released is never edited; add the next one. */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, up: createEvents },
  { version: 2, up: shareAndAccount },
  { version: 3, up: createSegments },
];
