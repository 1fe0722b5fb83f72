import { useSegOps } from "@segops/react";
import { useEffect } from "react";
import { clientTotals } from "../../books/totals";
import { settings } from "../settings";
import { clientId } from "./books";

const NAME = "@segops/react";
/** The shortest time between two reports, in milliseconds. */
const INTERVAL_MS = 100;

let version = 0;

/** Tells the demo's books what became of this page's events, so that the books of all clients can be added up. */
export function useBooksReport(): void {
  const segops = useSegOps();
  useEffect(() => {
    let timer: number | undefined;
    const report = () => {
      timer = undefined;
      version += 1;
      const body = JSON.stringify({ name: NAME, version, totals: clientTotals(segops.totals) });
      const address = `/books/${clientId}?run=${settings.run}`;
      // A beacon outlives the page.
      navigator.sendBeacon(address, new Blob([body], { type: "application/json" }));
    };
    const soon = () => {
      timer ??= window.setTimeout(report, INTERVAL_MS);
    };
    const end = segops.subscribe(soon);
    window.addEventListener("pagehide", report);
    report();
    return () => {
      end();
      window.clearTimeout(timer);
      window.removeEventListener("pagehide", report);
    };
  }, [segops]);
}
