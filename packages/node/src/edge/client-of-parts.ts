import type { AnyCatalogue, Catalogue, Client } from "@segops/core";

/** The methods of a client as fields, so that `const { track } = client` works. */
export class ClientOfParts<Events extends Catalogue = AnyCatalogue> implements Client<Events> {
  /** {@inheritDoc Client.track} */
  readonly track: Client<Events>["track"];
  /** {@inheritDoc Client.identify} */
  readonly identify: Client<Events>["identify"];
  /** {@inheritDoc Client.flush} */
  readonly flush: Client["flush"];
  /** {@inheritDoc Client.shutdown} */
  readonly shutdown: Client["shutdown"];
  /** {@inheritDoc Client.subscribe} */
  readonly subscribe: Client["subscribe"];
  readonly #client: Client<Events>;

  protected constructor(client: Client<Events>) {
    this.#client = client;
    this.track = client.track;
    this.identify = client.identify;
    this.flush = client.flush;
    this.shutdown = client.shutdown;
    this.subscribe = client.subscribe;
  }

  /** What became of all events so far. */
  get totals(): Client["totals"] {
    return this.#client.totals;
  }
}
