import { books } from "../live/books";
import { useStore } from "../live/store";

/** Who reports with which package. */
const PLACES: Readonly<Record<string, string>> = {
  "@segops/react": "shop page",
  "@segops/browser": "flyer page",
  "@segops/node": "backend",
  "@segops/core": "warehouse",
};

export function BooksTable() {
  const { lines = [], backend } = useStore(books).news ?? {};
  return (
    <section className="card" aria-labelledby="books-title">
      <h2 id="books-title">Who reports</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Package</th>
            <th scope="col">Tracked</th>
            <th scope="col">In flight</th>
            <th scope="col">Delivered</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, tracked, inFlight, delivered }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>{" "}
                <span className="hint">
                  {name === "@segops/node" && backend === "down" ? "backend, killed" : PLACES[name]}
                </span>
              </th>
              <td>{tracked}</td>
              <td data-tone={inFlight > 0 ? "warn" : ""}>{inFlight}</td>
              <td>{delivered}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
