import { useSegOps } from "@segops/react";
import { books } from "../live/books";
import { network } from "../live/network";
import { request } from "../live/request";
import { segOps } from "../live/segops";
import { useStore } from "../live/store";
import { useSubmission } from "../ui/use-submission";
import { describeTrouble } from "./describe-trouble";

/** Each kind of fault that the server can be given, by the name of its button. */
const FAULTS = [
  { what: "errors", kind: "error", name: "Server errors" },
  { what: "rate-limit", kind: "rate-limit", name: "Rate limit" },
  { what: "lost-answers", kind: "accept-then-reset", name: "Lose the answers" },
] as const;

export function BreakIt() {
  const segops = useSegOps();
  const { faults } = useStore(segOps);
  const isOffline = useStore(network.isOffline);
  const { server = "starting", backend = "starting" } = useStore(books).news ?? {};
  const { isBusy, errors, submit } = useSubmission();

  const breakWith = (what: string) => submit(() => request("/backstage/break", { what }));
  const mend = () =>
    submit(async () => {
      network.setOffline(false);
      await request("/backstage/mend", {});
      // It would try again by itself; a visitor need not wait for that.
      void segops.flush();
    });
  const isUp = server === "running";
  const isBackendUp = backend === "running";
  const troubles = describeTrouble({ server, backend, isOffline, faults });

  return (
    <section className="card break" aria-labelledby="break-title">
      <h2 id="break-title">Break it</h2>
      <div className="switches">
        {FAULTS.map(({ what, kind, name }) => (
          <button
            key={what}
            type="button"
            aria-pressed={faults.some(({ fault }) => fault.kind === kind)}
            disabled={isBusy || !isUp}
            onClick={() => breakWith(what)}
          >
            {name}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={isOffline}
          disabled={isBusy}
          onClick={() => network.setOffline(!isOffline)}
        >
          Page offline
        </button>
        <button type="button" disabled={isBusy || !isUp} onClick={() => breakWith("expire-tokens")}>
          Expire tokens
        </button>
        <button
          type="button"
          aria-pressed={server === "down"}
          disabled={isBusy || !isUp}
          onClick={() => breakWith("kill")}
        >
          Kill the server
        </button>
        <button
          type="button"
          aria-pressed={backend === "down"}
          disabled={isBusy || !isBackendUp}
          onClick={() => breakWith("kill-backend")}
        >
          Kill the backend
        </button>
        <button
          type="button"
          disabled={isBusy || !isBackendUp}
          onClick={() => submit(() => request("/backstage/bad-event", {}))}
        >
          Send a bad event
        </button>
      </div>
      <div className="trouble" data-broken={troubles.length > 0}>
        <p role="status">
          {troubles.length > 0 ? troubles.join(" ") : "All is well. Shop on, and break it meanwhile."}
        </p>
        {troubles.length > 0 && (
          <button type="button" className="button" disabled={isBusy} onClick={mend}>
            Mend it
          </button>
        )}
      </div>
      <p className="error" role="alert">
        {Object.values(errors).join(" ")}
      </p>
    </section>
  );
}
