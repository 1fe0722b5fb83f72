import { books } from "./live/books";
import { useStore } from "./live/store";

/** Says when the shop itself is away; that SegOps is away is part of the show. */
export function ConnectionNotice() {
  const { connection } = useStore(books);
  return (
    <div role="alert">
      {connection === "lost" && (
        <p className="notice">
          <strong>The shop does not answer.</strong> Start it again with <code>npm run demo</code>. This page
          keeps trying, and keeps your events.
        </p>
      )}
      {connection === "anew" && (
        <p className="notice">
          <strong>The demo was started anew.</strong>{" "}
          <button type="button" className="button quiet" onClick={() => window.location.reload()}>
            Reload
          </button>
        </p>
      )}
    </div>
  );
}
