/** What the Node programs need of an SDK. */
export interface NodeAdapter {
  track(number: number): void;
  /** What its docs say to call before the process ends. Resolves when the SDK says that it is done. */
  close(): Promise<unknown>;
  /** The same while the process goes on. */
  flush(): Promise<unknown>;
}

/** Makes a client with the settings of the SDK's own guide; only the host is the sink's. */
export type MakeNodeAdapter = (load: (name: string) => unknown, host: string) => NodeAdapter;
