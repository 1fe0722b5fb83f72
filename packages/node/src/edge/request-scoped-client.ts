import type { Client, DeliveryReport, Engine, NoticeListener, ShutdownOptions } from "@segops/core";
import { addReports, addTotals } from "./sums";

/** No platform lets a request go on for so long after its answer, in milliseconds. */
const REQUEST_IS_GONE_MS = 300_000;

interface Subscription {
  readonly listener: NoticeListener;
  /** One for each engine. */
  readonly ends: (() => void)[];
}

/**
 * A client for isolates where a request owns what it starts: when it ends, workerd cancels its timers, its fetches and
 * whatever waits for them, though others wait too. With one engine for thirty requests at once, 66 of 90 events stayed
 * behind for good (miniflare 4). So each flush has engines of its own: it takes what is queued, delivers it within the
 * request that called, and gives the engines back. In between they are offline, and start nothing.
 */
export function createRequestScopedClient(createEngine: () => Engine): Client {
  const subscriptions = new Set<Subscription>();
  /** Nobody's flush is at them. What is tracked goes to the first. */
  const idle: Engine[] = [];
  const taken = new Map<Engine, number>();
  let retired: Client["totals"] | undefined;
  let closing: Promise<DeliveryReport> | undefined;

  const newEngine = (): Engine => {
    const engine = createEngine();
    engine.dispatcher.setOnline(false);
    for (const { listener, ends } of subscriptions) ends.push(engine.client.subscribe(listener));
    idle.push(engine);
    return engine;
  };
  // The first at once: it throws what is wrong with the options.
  newEngine();
  const queue = (): Client => (idle[0] ?? newEngine()).client;
  const engines = (): Engine[] => [...idle, ...taken.keys()];

  /** An engine whose request was ended under it never answers. What it had is handed over, or counted as lost. */
  const retireForgotten = (): void => {
    for (const [engine, since] of taken) {
      if (performance.now() - since < REQUEST_IS_GONE_MS) continue;
      taken.delete(engine);
      engine.end(false);
      retired = addTotals([engine.client.totals, ...(retired ? [retired] : [])]);
    }
  };

  const deliver = async (by: (client: Client) => Promise<DeliveryReport>): Promise<DeliveryReport> => {
    retireForgotten();
    const mine = idle.splice(0);
    const reports = await Promise.all(
      mine.map(async (engine) => {
        taken.set(engine, performance.now());
        engine.dispatcher.setOnline(true);
        const report = await by(engine.client);
        engine.dispatcher.setOnline(false);
        if (taken.delete(engine)) idle.push(engine);
        return report;
      }),
    );
    return addReports(reports);
  };

  return {
    track: (event) => queue().track(event),
    identify: (user) => queue().identify(user),
    flush: () => deliver((client) => client.flush()),
    shutdown(options?: ShutdownOptions) {
      closing ??= deliver((client) => client.shutdown(options));
      return closing;
    },
    subscribe(listener) {
      const ends = engines().map(({ client }) => client.subscribe(listener));
      const subscription = { listener, ends };
      subscriptions.add(subscription);
      return () => {
        subscriptions.delete(subscription);
        for (const end of ends) end();
      };
    },
    get totals() {
      return addTotals([...engines().map(({ client }) => client.totals), ...(retired ? [retired] : [])]);
    },
  };
}
