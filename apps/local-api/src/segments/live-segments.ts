import type { ArrivalFeed, Mailbox } from "../arrivals";
import type { Database } from "../store/database";
import { LIMITS } from "./limits";
import { computeMembers } from "./members";
import { definitionsOf } from "./references";
import { findSegment, listSegments, type Segment, segmentedWorkspaces } from "./segment-registry";
import { Turns } from "./turns";

/** How long arrivals are gathered before the memberships are computed again. */
const GATHERING_MS = 500;
/** How old memberships may be when they are read: windows move on, and other servers store events too. */
const FRESH_MS = 60_000;
const MAILBOX_CAPACITY = 100;
const MAX_ATTEMPTS = 5;

interface LiveOptions {
  now: () => number;
  logError: (error: unknown) => void;
  /** Up to how many stored events and segments memberships follow by themselves. @default LIMITS */
  liveEvents?: number;
  liveSegments?: number;
}

/**
 * Keeps memberships up to date by itself as long as there are few events and segments: shortly after each arrival, and
 * at once for whoever asks. Beyond that, memberships are computed when asked for.
 */
export class LiveSegments {
  readonly #database: Database;
  readonly #options: LiveOptions;
  readonly #mailbox: Mailbox;
  readonly #feed: ArrivalFeed;
  readonly #refreshes = new Turns();
  /** Apart, so that nobody who only reads waits for a large segment. */
  readonly #computations = new Turns();
  #timer: NodeJS.Timeout | undefined;
  #stale = true;
  #refreshedAt = 0;

  constructor(database: Database, feed: ArrivalFeed, options: LiveOptions) {
    this.#database = database;
    this.#feed = feed;
    this.#options = options;
    this.#mailbox = feed.open(MAILBOX_CAPACITY);
    void this.#watch();
  }

  /** Computes one segment now, however many events there are, and returns it as it is afterwards. */
  async compute(segment: Segment): Promise<Segment | undefined> {
    await this.#computations.take(() => this.#compute(segment));
    this.#feed.notify("segments");
    return findSegment(this.#database, segment.workspace, segment.id);
  }

  /** A segment was made or changed: what was computed before may no longer hold. */
  invalidate(): void {
    this.#stale = true;
  }

  /** Resolves once the memberships reflect everything stored so far, or at once where there are too many events. */
  async upToDate(): Promise<void> {
    // What has arrived is stored, whether or not the watch has seen it yet.
    this.#look();
    await this.#refreshes.take(() => this.#refresh());
  }

  /** Resolves when nothing is being computed any more. The feed is closed before. */
  async close(): Promise<void> {
    this.#mailbox.close();
    await Promise.all([this.#refreshes.over(), this.#computations.over()]);
  }

  async #watch(): Promise<void> {
    while (!this.#mailbox.closed) {
      await this.#mailbox.changed(2 ** 31 - 1);
      if (this.#mailbox.closed) break;
      this.#look();
      if (!this.#stale) continue;
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.upToDate().catch(this.#options.logError);
      }, GATHERING_MS).unref();
    }
    clearTimeout(this.#timer);
  }

  /** Requests that were refused change no membership. */
  #look(): void {
    const { arrivals, skipped, reset } = this.#mailbox.take();
    if (reset || skipped > 0 || arrivals.some(({ kind }) => kind === "good")) this.invalidate();
  }

  async #refresh(): Promise<void> {
    const { now, logError } = this.#options;
    const isFresh = !this.#stale && Math.abs(now() - this.#refreshedAt) < FRESH_MS;
    if (isFresh || this.#mailbox.closed || !(await this.#isSmall())) return;
    this.#stale = false;
    this.#refreshedAt = now();
    for (const workspace of await segmentedWorkspaces(this.#database)) {
      const segments = await listSegments(this.#database, workspace);
      for (const segment of segments) {
        if (this.#mailbox.closed) return;
        const done = computeMembers(this.#database, segment, definitionsOf(segments), now());
        // Somebody else was quicker, and may not have seen the newest events.
        if ((await done.catch(logError)) === false) await this.#compute(segment).catch(logError);
      }
    }
    this.#feed.notify("segments");
  }

  async #compute({ workspace, id }: Segment): Promise<void> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const segments = await listSegments(this.#database, workspace);
      const segment = segments.find((each) => each.id === id);
      if (segment === undefined) return;
      if (await computeMembers(this.#database, segment, definitionsOf(segments), this.#options.now())) return;
    }
  }

  async #isSmall(): Promise<boolean> {
    const { liveEvents = LIMITS.liveEvents, liveSegments = LIMITS.liveSegments } = this.#options;
    const [row] = await this.#database.query<{ events: number; segments: number }>(
      `SELECT (SELECT count(*) FROM (SELECT 1 FROM events LIMIT CAST($1 AS BIGINT)) first_events) AS events,
              (SELECT count(*) FROM segments) AS segments`,
      [liveEvents + 1],
    );
    return row !== undefined && row.events <= liveEvents && row.segments <= liveSegments;
  }
}
