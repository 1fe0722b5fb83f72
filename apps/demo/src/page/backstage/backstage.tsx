import { Arrivals } from "./arrivals";
import { BooksTable } from "./books-table";
import { BreakIt } from "./break-it";
import { Crowd } from "./crowd";
import { Segments } from "./segments";

/** What goes on behind the counter: beside the shop where there is room, else a view of its own. */
export function Backstage() {
  return (
    <aside className="backstage" aria-label="Behind the counter">
      <BreakIt />
      <Segments />
      <BooksTable />
      <Crowd />
      <Arrivals />
    </aside>
  );
}
