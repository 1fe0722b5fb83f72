import { useSegOps, useTrack, useUser } from "@segops/react";
import { request } from "../live/request";

export interface Customer {
  readonly name: string;
  readonly email: string;
  readonly plan: "free" | "pro";
}

/** Logging in and out, at the backend and at SegOps. */
export function useAccount() {
  const { setUser, reset } = useUser();
  const track = useTrack();
  const segops = useSegOps();

  const enter = (email: string) => {
    // The backend is first: it signs the id that the page then claims.
    setUser({ userId: email });
    track("logged_in");
  };
  return {
    async signUp(form: object) {
      const { user_id } = await request<{ user_id: string }>("/sign-ups", form);
      enter(user_id);
    },
    async logIn(email: string) {
      await request("/login", { email });
      enter(email);
    },
    async logOut() {
      track("logged_out");
      // Nobody signs for this user afterwards.
      await segops.flush();
      await request("/logout", {});
      reset();
    },
    choosePlan: async (plan: Customer["plan"]) =>
      (await request<{ customer: Customer }>("/plan", { plan })).customer,
  };
}
