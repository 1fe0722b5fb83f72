import * as z from "zod";
import { type Credentials, OPERATIONS, type Operation } from "./operations";

const ERROR_TEXTS: Record<number, string> = {
  400: "The request makes no sense as it is.",
  401: "Credentials are missing, wrong or expired.",
  403: "The credentials do not allow this.",
  404: "There is no such thing.",
  409: "It did not come to that in time.",
  413: "The body is too large. Split the batch.",
  429: "Too many calls. Wait as long as Retry-After says.",
};

const SECURITY: Record<Credentials, Record<string, string[]>[] | undefined> = {
  secret: [{ ApiKey: [] }],
  reader: [{ ApiKey: [] }],
  public: [{ ApiKey: [] }],
  sender: [{ ApiKey: [] }, { SessionToken: [] }],
  none: undefined,
};

const errorSchema = z.union([
  z.object({ detail: z.string() }),
  z.record(z.string(), z.array(z.string())).describe("What is wrong, by field."),
]);

/** The OpenAPI document, made from the schemas that the server checks with. */
export function openApiDocument(serverUrl: string, version: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "SegOps local API", version },
    servers: [{ url: serverUrl }],
    paths,
    components: {
      securitySchemes: {
        ApiKey: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "`ApiKey sk_…` on servers, `ApiKey pk_…` to open a session, `ApiKey mk_…` to read.",
        },
        SessionToken: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      },
    },
  };
}

function describe(operation: Operation) {
  const { path, method, summary, credentials, body, success } = operation;
  const security = SECURITY[credentials];
  return {
    summary,
    operationId: `${method}${path.replace(/[^a-z]+(.)?/gi, (_, next: string = "") => next.toUpperCase())}`,
    parameters: [...pathParameters(path), ...queryParameters(operation)],
    ...(security === undefined ? {} : { security }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: content(body, "input") } }),
    responses: {
      [success.status]: {
        description: "Done.",
        content:
          success.schema === undefined
            ? { [success.contentType ?? "application/json"]: {} }
            : content(success.schema, "output"),
      },
      ...Object.fromEntries(errorsOf(operation).map((status) => [status, errorResponse(status)])),
    },
  };
}

function errorsOf({ credentials, errors = [] }: Operation): number[] {
  const always = credentials === "none" ? [] : [401, 403, 429];
  return [...new Set([...errors, ...always])].sort();
}

function errorResponse(status: number) {
  return { description: ERROR_TEXTS[status] ?? "An error.", content: content(errorSchema, "output") };
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: name === "id" ? "integer" : "string" },
  }));
}

function queryParameters({ query }: Operation) {
  if (query === undefined) return [];
  const { properties = {} } = jsonSchema(query, "input");
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}

function content(schema: z.ZodType, io: "input" | "output") {
  return { "application/json": { schema: jsonSchema(schema, io) } };
}

function jsonSchema(schema: z.ZodType, io: "input" | "output") {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
