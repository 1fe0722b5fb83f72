import type { Inspection } from "./inspection";

/** Five figures. */
export function Totals({ inspection: { totals, sending } }: { readonly inspection: Inspection }) {
  const dropped = Object.values(totals.dropped).reduce((sum, count) => sum + count, 0);
  const figures: readonly (readonly [string, number, string])[] = [
    ["Queued", totals.pending - Math.min(sending, totals.pending), ""],
    ["In flight", sending, ""],
    ["Delivered", totals.delivered, "good"],
    ["Refused", totals.refused, totals.refused > 0 ? "bad" : ""],
    ["Dropped", dropped, dropped > 0 ? "bad" : ""],
  ];
  return (
    <dl className="totals">
      {figures.map(([name, count, tone]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={tone}>{count.toLocaleString("en")}</dd>
        </div>
      ))}
    </dl>
  );
}
