import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { DEFAULT_SECRET_KEY, startServer } from "@segops/local-api";

/** The server a replay sends to. */
export interface Target {
  readonly apiUrl: string;
  readonly apiKey: string;
  close(): Promise<void>;
}

export interface TargetOptions {
  readonly apiUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  /** `true`: a folder that is removed afterwards. */
  readonly startServer?: string | true | undefined;
}

/** The server that was named; where none was, one of our own. */
export async function openTarget({ apiUrl, apiKey, startServer: folder }: TargetOptions): Promise<Target> {
  if (apiUrl !== undefined) {
    return {
      apiUrl: apiUrl.replace(/\/+$/, ""),
      apiKey: apiKey ?? process.env.SEGOPS_SECRET_KEY ?? DEFAULT_SECRET_KEY,
      close: async () => {},
    };
  }
  const isKept = typeof folder === "string";
  const dataDirectory = isKept ? folder : await mkdtemp(path.join(tmpdir(), "segops-replay-"));
  const remove = async () => {
    if (!isKept) await rm(dataDirectory, { recursive: true, force: true });
  };
  const key = apiKey ?? DEFAULT_SECRET_KEY;
  try {
    const server = await startServer({ port: 0, dataDirectory, keys: [{ key }] });
    const close = async () => {
      await server.close();
      await remove();
    };
    return { apiUrl: server.url, apiKey: key, close };
  } catch (error) {
    await remove();
    throw error;
  }
}
