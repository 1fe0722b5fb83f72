import * as z from "zod";
import { timelineQuery, usersQuery } from "../routes/explorer-queries";
import type { Operation } from "./operations";

const summary = z.object({
  user_id: z.string(),
  event_count: z.int(),
  first_seen: z.iso.datetime(),
  last_seen: z.iso.datetime(),
});
const properties = z.record(z.string(), z.unknown());
const next_cursor = z.string().nullable();

const userPageSchema = z.object({ count: z.int(), results: z.array(summary), next_cursor });
const userProfileSchema = summary.extend({ event_type_count: z.int(), properties });
const timelineSchema = z.object({
  count: z.int(),
  results: z.array(z.object({ event_type: z.string(), occurred_at: z.iso.datetime(), payload: properties })),
  next_cursor,
});

export const explorerOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/explorer/users/",
    summary: "Users, those seen last first.",
    credentials: "reader",
    query: usersQuery,
    success: { status: 200, schema: userPageSchema },
    errors: [400],
  },
  {
    method: "get",
    path: "/api/explorer/users/{user_id}/",
    summary: "A user with the latest value of each trait.",
    credentials: "reader",
    success: { status: 200, schema: userProfileSchema },
    errors: [404],
  },
  {
    method: "get",
    path: "/api/explorer/users/{user_id}/events/",
    summary: "A user's events, latest first.",
    credentials: "reader",
    query: timelineQuery,
    success: { status: 200, schema: timelineSchema },
    errors: [400],
  },
];
