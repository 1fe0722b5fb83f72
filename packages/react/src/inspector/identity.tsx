import { durationText } from "./durations";
import type { Inspection } from "./inspection";

interface IdentityProps {
  readonly inspection: Inspection;
  readonly now: number;
}

/** Who is in front of the page, and the token that speaks for them. */
export function Identity({ inspection: { userId, anonymousId, token, canHoldBack }, now }: IdentityProps) {
  return (
    <section aria-labelledby="identity">
      <h3 id="identity">Visitor</h3>
      <dl className="facts">
        <div>
          <dt>User</dt>
          <dd>{userId ? <code>{userId}</code> : <span className="muted">not known yet</span>}</dd>
        </div>
        <div>
          <dt>Anonymous id</dt>
          <dd>
            <code>{anonymousId ?? "–"}</code>
          </dd>
        </div>
        {canHoldBack && (
          <div>
            <dt>Session token</dt>
            <dd>{tokenText(token, now)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function tokenText(token: Inspection["token"], now: number): string {
  if (!token) return "none yet: the next event asks for one";
  return token.mintedAt === undefined ? "valid" : `${durationText(now - token.mintedAt)} old`;
}
