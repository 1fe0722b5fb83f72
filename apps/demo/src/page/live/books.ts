import type { Balance, BooksLine } from "../../books/balance";
import type { ProcessState } from "../../processes/process-state";
import { settings } from "../settings";
import { createStore } from "./store";

/** The books of all clients, as the demo keeps them. */
export interface BooksNews {
  readonly run: string;
  readonly balance: Balance;
  readonly lines: readonly BooksLine[];
  readonly server: ProcessState;
  readonly backend: ProcessState;
  readonly storedBefore: number;
}

export interface BooksState {
  /** `anew`: the demo was started again since this page was loaded. */
  readonly connection: "connecting" | "live" | "lost" | "anew";
  readonly news: BooksNews | undefined;
}

/** This page's client in the books. */
export const clientId = crypto.randomUUID();

export const books = createStore<BooksState>({ connection: "connecting", news: undefined });

export function followBooks(): () => void {
  const stream = new EventSource(`/books/stream?client=${clientId}`);
  stream.addEventListener("error", () => books.set((state) => ({ ...state, connection: "lost" })));
  stream.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const news = JSON.parse(data) as BooksNews;
    const isOurs = news.run === settings.run;
    books.set(({ news: last }) =>
      isOurs ? { connection: "live", news } : { connection: "anew", news: last },
    );
  });
  return () => stream.close();
}
