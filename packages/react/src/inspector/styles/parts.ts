/** What is in the panel. */
export const PARTS_CSS = `
.totals { display: grid; grid-template-columns: repeat(5, 1fr); border: 1px solid var(--line); border-radius: 10px; background: var(--raised); }
.totals > div { display: flex; flex-direction: column; padding: 9px 4px 8px; text-align: center; min-width: 0; }
.totals > div + div { border-left: 1px solid var(--line); }
.totals dt { order: 2; font-size: 11px; color: var(--muted); }
.totals dd { font-size: 19px; line-height: 1.3; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.note { display: grid; gap: 2px; padding: 10px 12px; border-radius: 10px; background: var(--warning-back); color: var(--warning); overflow-wrap: anywhere; }
.note strong { font-weight: 600; font-variant-numeric: tabular-nums; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; justify-content: space-between; }
.primary { display: inline-flex; align-items: center; gap: 7px; min-height: 36px; padding: 0 14px 0 11px; border: 0; border-radius: 9px; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.primary:hover { background: var(--accent-hover); }
.switch { display: inline-flex; align-items: center; gap: 9px; min-height: 36px; padding: 0 4px; border: 0; border-radius: 9px; background: none; }
.switch:disabled { cursor: not-allowed; opacity: 0.6; }
.track { position: relative; width: 34px; height: 20px; border-radius: 99px; background: var(--muted); }
.track::after { content: ""; position: absolute; inset: 3px auto 3px 3px; width: 14px; border-radius: 50%; background: var(--surface); }
[aria-checked="true"] .track { background: var(--accent); }
[aria-checked="true"] .track::after { translate: 14px 0; }
.facts { display: grid; gap: 5px; margin-top: 6px; }
.facts > div { display: grid; grid-template-columns: 104px 1fr; gap: 8px; align-items: baseline; }
.facts dt { color: var(--muted); }
.facts dd { min-width: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
code, pre { font: 12px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.events-head { display: flex; align-items: center; justify-content: space-between; gap: 8px; min-height: 28px; }
.filters { display: flex; gap: 2px; margin: 0; padding: 2px; border: 0; border-radius: 8px; background: var(--raised); }
.filters button { min-height: 26px; padding: 0 9px; border: 0; border-radius: 6px; background: none; font-size: 12px; color: var(--muted); }
.filters button:hover { color: var(--text); }
.filters [aria-pressed="true"] { background: var(--surface); color: var(--text); font-weight: 550; box-shadow: 0 0 0 1px var(--line); }
ul { list-style: none; margin-top: 6px; }
li + li { border-top: 1px solid var(--line); }
summary { display: flex; align-items: center; gap: 8px; min-height: 36px; padding: 0 2px; border-radius: 6px; list-style: none; cursor: pointer; }
summary::-webkit-details-marker { display: none; }
summary:hover { background: var(--raised); }
.chevron { width: 14px; height: 14px; color: var(--muted); }
[open] > summary .chevron { rotate: 90deg; }
.event-type { flex: 1; min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font: 12.5px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
time { font-size: 12px; color: var(--muted); font-variant-numeric: tabular-nums; }
.pill { min-width: 80px; padding: 1px 8px; border-radius: 99px; font-size: 11.5px; font-weight: 550; text-align: center; }
.pill.plain { background: var(--raised); color: var(--muted); box-shadow: inset 0 0 0 1px var(--line); }
.pill.good { background: var(--good-back); }
.pill.busy { background: var(--busy-back); }
.pill.warning { background: var(--warning-back); }
.pill.bad { background: var(--bad-back); }
.reason { margin: 2px 0 6px 24px; color: var(--bad); overflow-wrap: anywhere; }
pre { margin: 0 0 10px 24px; padding: 9px 11px; border-radius: 8px; background: var(--raised); white-space: pre-wrap; overflow-wrap: anywhere; }
.empty { margin-top: 6px; padding: 20px; border: 1px dashed var(--line); border-radius: 10px; color: var(--muted); text-align: center; }
@media (max-width: 520px) {
  .totals dd { font-size: 17px; }
  .primary, .switch, summary { min-height: 44px; }
  .filters button { min-height: 36px; }
}
@media (prefers-reduced-motion: no-preference) {
  .track, .track::after, .chevron { transition: 120ms ease-out; }
}
@media (forced-colors: active) {
  .track { border: 1px solid; }
  .track::after, .dot { background: CanvasText; forced-color-adjust: none; }
}
`;
