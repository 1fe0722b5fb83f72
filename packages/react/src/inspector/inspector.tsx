import { useSegOps } from "@segops/react";
import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { createInspector } from "./inspection";
import { Launcher } from "./launcher";
import { Panel } from "./panel";
import { ShadowHost } from "./shadow-host";
import { INSPECTOR_CSS } from "./styles";

/** How the inspector begins. */
export interface SegOpsInspectorProps {
  /** Whether the panel is open at first. Default: false, a small button is shown. */
  readonly defaultOpen?: boolean | undefined;
  /** The corner it stands in. Default: `"right"`. */
  readonly side?: "left" | "right" | undefined;
}

const never = () => () => {};

/**
 * A panel for development that shows what becomes of each event: queued, in flight, tried again, delivered, refused or
 * dropped and why; who the visitor is, how old the session token is, and whether the page is online. Renders nothing on
 * the server. Load it on demand, so that your visitors do not.
 *
 * @throws Error outside `<SegOpsProvider>`.
 * @example
 * const SegOpsInspector = lazy(async () => ({ default: (await import("@segops/react/inspector")).SegOpsInspector }));
 * {process.env.NODE_ENV === "development" && <Suspense><SegOpsInspector /></Suspense>}
 */
export function SegOpsInspector(props: SegOpsInspectorProps): ReactNode {
  const isOnPage = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  // Said on the server too.
  useSegOps();
  return isOnPage ? <PageInspector {...props} /> : null;
}

function PageInspector({ defaultOpen = false, side = "right" }: SegOpsInspectorProps): ReactNode {
  const client = useSegOps();
  const inspector = useMemo(() => createInspector(client), [client]);
  useEffect(() => inspector.start(), [inspector]);
  const inspection = useSyncExternalStore(inspector.subscribe, inspector.read);
  const [isOpen, setIsOpen] = useState(defaultOpen);
  const wasToggled = useRef(false);
  const toggle = (open: boolean): void => {
    wasToggled.current = true;
    setIsOpen(open);
  };

  return (
    <ShadowHost css={INSPECTOR_CSS}>
      <section aria-label="SegOps inspector" className={`inspector ${side}`}>
        {isOpen ? (
          <Panel
            inspection={inspection}
            inspector={inspector}
            takesFocus={wasToggled.current}
            onClose={() => toggle(false)}
          />
        ) : (
          <Launcher inspection={inspection} takesFocus={wasToggled.current} onOpen={() => toggle(true)} />
        )}
        <p role="status" className="unseen">
          {inspection.announcement}
        </p>
      </section>
    </ShadowHost>
  );
}
