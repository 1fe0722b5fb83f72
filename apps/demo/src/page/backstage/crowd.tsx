import { lazy, Suspense, useState } from "react";
import { books } from "../live/books";
import { request } from "../live/request";
import { useStore } from "../live/store";
import { useSubmission } from "../ui/use-submission";

const Inspector = lazy(async () => ({
  default: (await import("@segops/react/inspector")).SegOpsInspector,
}));

/** Made-up visitors on request, and the inspector of this page's client, which is not loaded before. */
export function Crowd() {
  const { isBusy, errors, submit } = useSubmission();
  const backend = useStore(books).news?.backend;
  const [isInspecting, setInspecting] = useState(false);
  return (
    <section className="card" aria-labelledby="crowd-title">
      <h2 id="crowd-title">More to see</h2>
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={isBusy || backend !== "running"}
          onClick={() => submit(() => request("/backstage/visitors", {}))}
        >
          Send made-up visitors
        </button>
        <button
          type="button"
          className="button quiet"
          disabled={isInspecting}
          onClick={() => setInspecting(true)}
        >
          Open the inspector
        </button>
      </div>
      <p className="error" role="alert">
        {Object.values(errors).join(" ")}
      </p>
      {isInspecting && (
        <Suspense>
          <Inspector defaultOpen side="left" />
        </Suspense>
      )}
    </section>
  );
}
