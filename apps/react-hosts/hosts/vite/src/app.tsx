import { SegOpsProvider } from "@segops/react";
import { lazy, Suspense } from "react";
import { Shop } from "./shop";

const SegOpsInspector = lazy(async () => ({
  default: (await import("@segops/react/inspector")).SegOpsInspector,
}));

export function App() {
  return (
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
  );
}
