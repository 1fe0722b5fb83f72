import { useTrack, useTrackVisible } from "@segops/react";
import { useRef } from "react";
import type { Product } from "../../shop/catalogue";
import { useStore } from "../live/store";
import { cart, setQuantity } from "./cart";
import { money } from "./money";
import { ProductArt } from "./product-art";

export function ProductCard({ product }: { product: Product }) {
  const { sku, name, about, price } = product;
  const card = useRef<HTMLLIElement>(null);
  const track = useTrack();
  useTrackVisible(card, "product_seen", { sku, price: price / 100 });
  const quantity = useStore(cart)[sku] ?? 0;

  const add = () => {
    setQuantity(sku, quantity + 1);
    track("cart_item_added", { sku, price: price / 100 });
  };

  return (
    <li className="product" ref={card}>
      <div className="picture">
        <ProductArt sku={sku} />
        {quantity > 0 && <span className="badge">{quantity} in the cart</span>}
      </div>
      <h2>{name}</h2>
      <p className="about">{about}</p>
      <p className="price">{money(price)}</p>
      <button type="button" className="button" aria-label={`Add to cart: ${name}`} onClick={add}>
        Add to cart
      </button>
    </li>
  );
}
