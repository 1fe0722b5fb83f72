import { SegOpsProvider, useTrack, useTrackOnce, useUser } from "@segops/react";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";

const SegOpsInspector = lazy(async () => ({
  default: (await import("@segops/react/inspector")).SegOpsInspector,
}));

function Shop() {
  const track = useTrack();
  const { user, setUser } = useUser();
  useTrackOnce("shop_opened");
  return (
    <main>
      <h1>Shop</h1>
      <p>{user?.userId ?? "nobody"}</p>
      <button type="button" onClick={() => track("order_placed", { total: 42, currency: "EUR" })}>
        Buy
      </button>
      <button type="button" onClick={() => setUser({ userId: "ada", traits: { plan: "pro" } })}>
        Log in
      </button>
    </main>
  );
}

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <SegOpsProvider
      apiUrl={import.meta.env.VITE_SEGOPS_API_URL}
      apiKey="pk_test_local"
      flushInterval={500}
      onError={() => {}}
    >
      <Shop />
      {location.search === "?inspector" && (
        <Suspense>
          <SegOpsInspector />
        </Suspense>
      )}
    </SegOpsProvider>
  </StrictMode>,
);
