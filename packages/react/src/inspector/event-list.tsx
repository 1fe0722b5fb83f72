import { useState } from "react";
import { type EventState, isUnderWay, type LoggedEvent } from "./event-log";
import { EventRow } from "./event-row";

const PROBLEMS: readonly EventState[] = ["refused", "dropped", "invalid"];
const FILTERS = {
  All: () => true,
  Waiting: isUnderWay,
  Delivered: ({ state }: LoggedEvent) => state === "delivered",
  Problems: ({ state }: LoggedEvent) => PROBLEMS.includes(state),
} satisfies Record<string, (event: LoggedEvent) => boolean>;
type FilterName = keyof typeof FILTERS;

export function EventList({ events }: { readonly events: readonly LoggedEvent[] }) {
  const [name, setName] = useState<FilterName>("All");
  const shown = events.filter(FILTERS[name]);
  return (
    <section aria-labelledby="events" className="events">
      <div className="events-head">
        <h3 id="events">Events</h3>
        <fieldset className="filters">
          <legend className="unseen">Show</legend>
          {(Object.keys(FILTERS) as FilterName[]).map((each) => (
            <button key={each} type="button" aria-pressed={each === name} onClick={() => setName(each)}>
              {each}
            </button>
          ))}
        </fieldset>
      </div>
      {shown.length > 0 ? (
        <ul>
          {shown.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </ul>
      ) : (
        <p className="empty">
          {name === "All" ? "Nothing was tracked yet. Events show up here as they happen." : "None."}
        </p>
      )}
    </section>
  );
}
