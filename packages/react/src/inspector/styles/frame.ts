/** The panel's place on the page, its head, and the button it is opened with. */
export const FRAME_CSS = `
*, *::before, *::after { box-sizing: border-box; }
.inspector {
  position: fixed; bottom: 16px; z-index: 2147483000;
  font: 13px/1.45 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  color: var(--text); -webkit-font-smoothing: antialiased;
}
.right { right: 16px; }
.left { left: 16px; }
.panel {
  display: flex; flex-direction: column; width: 416px; max-height: min(680px, calc(100vh - 32px));
  overflow: hidden; border: 1px solid var(--line); border-radius: 14px;
  background: var(--surface); box-shadow: var(--shadow);
}
header { display: flex; align-items: center; gap: 10px; padding: 12px 12px 12px 16px; border-bottom: 1px solid var(--line); }
h2, h3, p, dl, dd, ul, pre { margin: 0; padding: 0; }
h2 { font-size: 14px; font-weight: 650; letter-spacing: -0.01em; }
h3 { font-size: 12px; font-weight: 600; color: var(--muted); }
.mark { width: 16px; height: 16px; color: var(--accent); flex: none; }
.icon { width: 16px; height: 16px; flex: none; }
.body { display: grid; gap: 16px; padding: 16px; overflow-y: auto; overscroll-behavior: contain; }
button { font: inherit; color: inherit; cursor: pointer; }
button:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.quiet { display: grid; place-items: center; width: 32px; height: 32px; margin-left: auto; border: 0; border-radius: 8px; background: none; color: var(--muted); }
.quiet:hover { background: var(--raised); color: var(--text); }
.badge { display: inline-flex; align-items: center; gap: 6px; padding: 2px 9px 2px 8px; border-radius: 99px; font-size: 12px; font-weight: 550; }
.badge.good { background: var(--good-back); }
.badge.busy { background: var(--busy-back); }
.badge.warning { background: var(--warning-back); }
.dot { width: 7px; height: 7px; border-radius: 50%; background: currentColor; flex: none; }
.launcher {
  display: flex; align-items: center; gap: 8px; min-height: 40px; padding: 0 14px; border: 1px solid var(--line);
  border-radius: 99px; background: var(--surface); box-shadow: var(--shadow); font-weight: 600;
}
.launcher:hover { border-color: var(--accent); }
.launcher-count { font-weight: 450; color: var(--muted); font-variant-numeric: tabular-nums; }
.launcher-count.problem { color: var(--bad); }
.unseen { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; border: 0; padding: 0; }
@media (max-width: 520px) {
  .inspector { bottom: max(12px, env(safe-area-inset-bottom)); }
  .inspector:has(.panel) { inset: auto 0 0 0; }
  .panel { width: 100%; max-height: 85vh; max-height: 85dvh; border-width: 1px 0 0; border-radius: 16px 16px 0 0; padding-bottom: env(safe-area-inset-bottom); }
  .quiet { width: 44px; height: 44px; margin: -6px -6px -6px auto; }
}
`;
