import type { SessionUser } from "@segops/browser";
import { request } from "../live/request";

/** Who is logged in, with the backend's signature for the id: what `getUser` answers. */
export async function whoAmI(): Promise<SessionUser> {
  const answer = await request<{ user_id?: string; user_id_sig?: string; user_id_ts?: number }>("/who-am-i");
  return { userId: answer.user_id, userIdSig: answer.user_id_sig, userIdTs: answer.user_id_ts };
}
