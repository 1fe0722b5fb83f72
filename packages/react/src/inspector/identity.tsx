import { durationText } from "./durations";
import type { Inspection } from "./inspection";

interface IdentityProps {
  readonly inspection: Inspection;
  readonly now: number;
}

/** Who is in front of the page, and the token that speaks for them. */
export function Identity({
  inspection: { userId, anonymousId, tokenMintedAt, canHoldBack },
  now,
}: IdentityProps) {
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
            <dd>
              {tokenMintedAt === undefined
                ? "none yet: the next event asks for one"
                : `${durationText(now - tokenMintedAt)} old`}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
