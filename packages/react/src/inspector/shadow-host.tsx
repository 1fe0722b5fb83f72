import { type ReactNode, useCallback, useState } from "react";
import { createPortal } from "react-dom";

/**
 * Renders into a shadow root at the end of the page: the page's styles do not reach in, and the panel's do not reach out.
 * The style sheet is constructed and adopted, which a strict Content-Security-Policy allows, as it is no inline style.
 */
export function ShadowHost({ css, children }: { readonly css: string; readonly children: ReactNode }) {
  const [root, setRoot] = useState<ShadowRoot | null>(null);
  const attach = useCallback(
    (host: HTMLElement | null) => {
      if (!host) return;
      const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      shadow.adoptedStyleSheets = [sheet];
      setRoot(shadow);
    },
    [css],
  );
  return (
    <>
      {createPortal(<div ref={attach} data-segops-inspector="" />, document.body)}
      {root && createPortal(children, root)}
    </>
  );
}
