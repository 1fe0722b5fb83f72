import { useFromSegOps } from "../live/use-from-segops";
import { useSegOpsId } from "../live/use-segops-id";

interface History {
  readonly aliases: readonly string[];
  readonly results: readonly {
    readonly id: number;
    readonly user_id: string;
    readonly event_type: string;
    readonly occurred_at: string;
  }[];
}

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** What SegOps knows of the visitor: after a login the anonymous visitor's events are the user's. */
export function Trail() {
  const userId = useSegOpsId();
  const history = useFromSegOps<History>("/backstage/trail", userId);
  const anonymous = history?.results.filter(({ user_id }) => user_id.startsWith("anon_")).length ?? 0;
  const isKnown = userId !== undefined && !userId.startsWith("anon_");
  return (
    <section className="card trail" aria-labelledby="trail-title">
      <h2 id="trail-title">Your trail</h2>
      <p className="hint">
        {isKnown
          ? `${anonymous} of these happened before the login, and were joined to ${userId} by it.`
          : "You are a visitor without a name. Log in, and this trail joins the user's."}
      </p>
      {history === undefined || history.results.length === 0 ? (
        <p className="hint">No event of yours is stored yet.</p>
      ) : (
        <ol className="events" data-testid="trail">
          {history.results.map(({ id, user_id, event_type, occurred_at }) => (
            <li key={id}>
              <time dateTime={occurred_at}>{time.format(new Date(occurred_at))}</time>
              <span className="type">{event_type}</span>
              <span className="who" data-anonymous={user_id.startsWith("anon_")}>
                {user_id.startsWith("anon_") ? "anonymous" : "known"}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
