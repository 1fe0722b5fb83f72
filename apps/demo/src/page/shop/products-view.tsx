import { CATALOGUE } from "../../shop/catalogue";
import { Title } from "../ui/title";
import { ProductCard } from "./product-card";

export function ProductsView() {
  return (
    <>
      <Title name="Six things" />
      <p className="lead">
        Nothing here is for sale. Everything you do is an event: watch where it goes, then break something.
      </p>
      <ul className="products">
        {CATALOGUE.map((product) => (
          <ProductCard key={product.sku} product={product} />
        ))}
      </ul>
    </>
  );
}
