import { segOps } from "../live/segops";
import { useStore } from "../live/store";

export function Arrivals() {
  const { arrivals, connection } = useStore(segOps);
  return (
    <section className="card" aria-labelledby="arrivals-title">
      <h2 id="arrivals-title">Arriving at SegOps</h2>
      {connection === "lost" && <p className="hint">The server is away.</p>}
      {arrivals.length === 0 && connection !== "lost" && <p className="hint">Nothing has arrived yet.</p>}
      <ol className="events">
        {arrivals.map(({ key, kind, event_type, user_id, reason, status, path }) => (
          <li key={key} data-kind={kind}>
            <span className="type">
              {kind === "good" && event_type}
              {kind === "bad" && `not stored: ${reason}`}
              {kind === "refused" && `${status} ${path}`}
            </span>
            <span className="who">{user_id === undefined ? "" : shortened(user_id)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function shortened(id: string): string {
  return id.length > 28 ? `${id.slice(0, 13)}…` : id;
}
