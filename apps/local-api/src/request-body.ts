import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Context } from "hono";
import { ApiError } from "./errors";

const inflate = promisify(gunzip);

export function bodyTooLarge(maxBytes: number): ApiError {
  return new ApiError(
    413,
    `The body is larger than ${maxBytes} bytes. Split the batch and send its halves, or raise the server's limit (--max-body-bytes).`,
  );
}

/** The JSON of a request, unpacked where it came gzipped. The size of what arrives is bounded by `bodyLimit`. */
export async function readJson(c: Context, maxBytes: number): Promise<unknown> {
  const bytes = await decode(
    new Uint8Array(await c.req.arrayBuffer()),
    c.req.header("Content-Encoding"),
    maxBytes,
  );
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError(400, "The body is not valid UTF-8.");
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = text === "" ? "the body is empty" : (error as Error).message;
    throw new ApiError(400, `JSON parse error: ${reason}.`);
  }
}

async function decode(
  bytes: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? "identity";
  if (name === "identity" || name === "") return bytes;
  if (name !== "gzip") {
    throw new ApiError(
      415,
      `Content-Encoding "${name.slice(0, 40)}" is not supported. Send gzip, or no encoding.`,
    );
  }
  try {
    return await inflate(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw bodyTooLarge(maxBytes);
    throw new ApiError(400, "Content-Encoding says gzip, but the body is not valid gzip.");
  }
}
