import * as z from "zod";

/** What a client says of its visitor to get a session token. */
export const sessionRequestSchema = z.object({
  user_id: z.string().min(1).optional(),
  anonymous_id: z.string().min(1).optional(),
  /** HMAC-SHA256 of `<user_id>|<user_id_ts>` in lower-case hex. */
  user_id_sig: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Unix seconds at which the signature was made. */
  user_id_ts: z.int().nonnegative().optional(),
});

/** The answer: a token locked to `uid`. */
export const sessionResponseSchema = z.object({
  token: z.string().min(1),
  expires_at: z.iso.datetime({ offset: true }),
  uid: z.string().min(1),
});

export type SessionRequest = z.infer<typeof sessionRequestSchema>;
export type SessionResponse = z.infer<typeof sessionResponseSchema>;
