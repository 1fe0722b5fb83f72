import * as z from "zod";

const page = { limit: z.coerce.number().int().min(1).max(1000).default(50), cursor: z.string().optional() };

export const usersQuery = z.object({ q: z.string().optional(), ...page });
export const timelineQuery = z.object({ event_type: z.string().optional(), ...page });
