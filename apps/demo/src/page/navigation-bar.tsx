import { Link } from "wouter";
import { useStore } from "./live/store";
import { settings } from "./settings";
import { cart, itemsIn, linesIn } from "./shop/cart";

export function NavigationBar({ userId }: { userId: string | undefined }) {
  const items = itemsIn(linesIn(useStore(cart)));
  return (
    <header className="bar">
      <Link className="brand" href="/">
        <img src="/favicon.svg" alt="" width="28" height="28" /> <span>Demo shop</span>
      </Link>
      <nav aria-label="Shop">
        <Tab href="/">Shop</Tab>
        <Tab href="/cart">Cart{items > 0 && <span className="count"> {items}</span>}</Tab>
        <Tab href="/account">{userId === undefined ? "Log in" : "Account"}</Tab>
        <Tab href="/backstage" className="narrow-only">
          Backstage
        </Tab>
      </nav>
      <span className="links">
        <a href="/flyer.html">Flyer</a>
        <a href={settings.apiUrl} target="_blank" rel="noreferrer">
          Live events
        </a>
      </span>
    </header>
  );
}

function Tab({ href, className = "", children }: React.ComponentProps<"a"> & { href: string }) {
  return (
    <Link href={href} className={(isActive) => `tab ${className} ${isActive ? "active" : ""}`.trim()}>
      {children}
    </Link>
  );
}
