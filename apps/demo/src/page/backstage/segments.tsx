import { useFromSegOps } from "../live/use-from-segops";
import { useSegOpsId } from "../live/use-segops-id";

interface Standing {
  readonly name: string;
  readonly description: string;
  readonly members: number;
  readonly isMember: boolean;
  readonly actual: unknown;
}

/** Which segments the visitor is in, as the server computes them. */
export function Segments() {
  const userId = useSegOpsId();
  const standings = useFromSegOps<Standing[]>("/backstage/segments", userId);
  return (
    <section className="card" aria-labelledby="segments-title">
      <h2 id="segments-title">Segments, live</h2>
      {standings === undefined && <p className="hint">Waiting for the server …</p>}
      <ul className="segments">
        {standings?.map(({ name, description, members, isMember, actual }) => (
          <li key={name} data-member={isMember}>
            <span className="mark" aria-hidden="true">
              {isMember ? "✓" : "·"}
            </span>
            <span>
              <strong>{name}</strong>
              <span className="hint">{description}</span>
            </span>
            <span className="standing">
              <span>{isMember ? "You are in" : "You are not in"}</span>
              <span className="hint">
                {textOf(actual)} · {members} in all
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function textOf(actual: unknown): string {
  return actual === null || actual === undefined ? "not set" : `now ${String(actual)}`;
}
