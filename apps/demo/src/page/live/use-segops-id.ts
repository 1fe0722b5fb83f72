import { useSegOps, useUser } from "@segops/react";
import { useEffect, useState } from "react";

/** The id under which SegOps knows the visitor now. Undefined until the page has a client. */
export function useSegOpsId(): string | undefined {
  const { user } = useUser();
  const segops = useSegOps();
  const [anonymousId, setAnonymousId] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a logout gives the visitor another one
  useEffect(() => setAnonymousId(segops.anonymousId), [segops, user]);
  if (user) return user.userId;
  return anonymousId && `anon_${anonymousId}`;
}
