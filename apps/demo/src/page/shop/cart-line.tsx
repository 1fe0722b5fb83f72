import { useTrack } from "@segops/react";
import { type CartLine, setQuantity } from "./cart";
import { money } from "./money";
import { ProductArt } from "./product-art";

export function CartLineRow({ line: { product, quantity } }: { line: CartLine }) {
  const { sku, name, price } = product;
  const track = useTrack();
  const add = () => {
    setQuantity(sku, quantity + 1);
    track("cart_item_added", { sku, price: price / 100 });
  };
  const remove = () => {
    setQuantity(sku, quantity - 1);
    track("cart_item_removed", { sku });
  };
  return (
    <li className="cart-line">
      <ProductArt sku={sku} />
      <span className="name">{name}</span>
      <span className="stepper">
        <button type="button" aria-label={`One ${name} less`} onClick={remove}>
          −
        </button>
        <output aria-label={`Number of ${name}`}>{quantity}</output>
        <button type="button" aria-label={`One ${name} more`} onClick={add}>
          +
        </button>
      </span>
      <span className="price">{money(price * quantity)}</span>
    </li>
  );
}
