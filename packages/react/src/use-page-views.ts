import { useEffect, useRef } from "react";
import { useClientHolder } from "./provider";

/**
 * Tracks a page view with each new path. Not together with the option `autoPageViews`, which does the same without a
 * router.
 *
 * @param path As your router gives it: `usePathname()` in Next.js, `useLocation().pathname` in React Router. Nothing is
 *   tracked while there is none.
 * @throws Error outside `<SegOpsProvider>`.
 */
export function usePageViews(path: string | null | undefined): void {
  const { client } = useClientHolder("usePageViews");
  const last = useRef("");
  useEffect(() => {
    // Effects run twice in StrictMode, and again when a hidden tree is shown.
    if (!path || path === last.current) return;
    client.trackPageView();
    last.current = path;
  });
}
