import { useEffect, useState } from "react";
import { request } from "./request";
import { segOps } from "./segops";
import { useStore } from "./store";

/** An answer about the visitor, asked for anew whenever the server has something new. */
export function useFromSegOps<Answer>(path: string, userId: string | undefined) {
  const { version, connection } = useStore(segOps);
  const [answer, setAnswer] = useState<{ userId: string; value: Answer }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks again
  useEffect(() => {
    if (userId === undefined || connection !== "live") return;
    let isCurrent = true;
    request<Answer>(`${path}?user_id=${encodeURIComponent(userId)}`).then(
      (value) => isCurrent && setAnswer({ userId, value }),
      // Shown by the connection's state; asked again when it is back.
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [path, userId, version, connection]);
  return answer?.userId === userId ? answer?.value : undefined;
}
