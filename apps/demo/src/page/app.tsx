import { usePageViews, useUser } from "@segops/react";
import { useEffect } from "react";
import { Link, Route, Switch, useLocation } from "wouter";
import { Backstage } from "./backstage/backstage";
import { Counters } from "./backstage/counters";
import { ConnectionNotice } from "./connection-notice";
import { followBooks } from "./live/books";
import { followSegOps } from "./live/segops";
import { useBooksReport } from "./live/use-books-report";
import { NavigationBar } from "./navigation-bar";
import { AccountView } from "./shop/account-view";
import { CartView } from "./shop/cart-view";
import { ProductsView } from "./shop/products-view";
import { Title } from "./ui/title";

export function App() {
  const [path] = useLocation();
  const { user } = useUser();
  usePageViews(path);
  useBooksReport();
  useEffect(() => {
    const ends = [followBooks(), followSegOps()];
    return () => {
      for (const end of ends) end();
    };
  }, []);
  return (
    <div className="frame" data-view={path === "/backstage" ? "backstage" : "shop"}>
      <NavigationBar userId={user?.userId} />
      <ConnectionNotice />
      <main>
        <Switch>
          <Route path="/" component={ProductsView} />
          <Route path="/cart" component={CartView} />
          <Route path="/account" component={AccountView} />
          <Route path="/backstage">
            <Title name="Behind the counter" />
          </Route>
          <Route>
            <Title name="There is no such page" />
            <Link href="/">To the shop</Link>
          </Route>
        </Switch>
      </main>
      <Backstage />
      <Counters />
    </div>
  );
}
