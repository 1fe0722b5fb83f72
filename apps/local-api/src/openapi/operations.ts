import type * as z from "zod";
import { segmentOperations } from "../segments/segment-operations";
import { explorerOperations } from "./explorer-operations";
import { ingestionOperations } from "./ingestion-operations";
import { localOperations } from "./local-operations";

export type Credentials = "secret" | "reader" | "public" | "sender" | "none";

/** One call, as the OpenAPI document describes it. */
export interface Operation {
  method: "get" | "post" | "delete" | "patch";
  /** With `{names}` for the parts that vary. */
  path: string;
  summary: string;
  credentials: Credentials;
  query?: z.ZodObject;
  body?: z.ZodType;
  success: { status: number; schema?: z.ZodType; contentType?: string };
  /** The errors it is known for, besides 401, 403 and 429. */
  errors?: readonly number[];
}

export const OPERATIONS: readonly Operation[] = [
  ...ingestionOperations,
  ...explorerOperations,
  ...segmentOperations,
  ...localOperations,
];

/** The calls below /local in one line each, for somebody who asked for one that is not there. */
export function localPaths(): string[] {
  return localOperations.map(({ method, path, query }) => {
    const names = query === undefined ? "" : `?${Object.keys(query.shape).join("&")}`;
    return `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, "<$1>")}${names}`;
  });
}
