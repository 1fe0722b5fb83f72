import { useTrack, useUser } from "@segops/react";
import { useState } from "react";
import { Link } from "wouter";
import { request } from "../live/request";
import { useStore } from "../live/store";
import { Title } from "../ui/title";
import { useSubmission } from "../ui/use-submission";
import { cart, emptyCart, itemsIn, linesIn, totalOf } from "./cart";
import { CartLineRow } from "./cart-line";
import { money } from "./money";

export function CartView() {
  const { user } = useUser();
  const track = useTrack();
  const { isBusy, errors, submit } = useSubmission();
  const [orderId, setOrderId] = useState<string>();
  const lines = linesIn(useStore(cart));
  const total = totalOf(lines);

  const order = () =>
    submit(async () => {
      track("checkout_started", { items: itemsIn(lines), total: total / 100 });
      const items = lines.map(({ product, quantity }) => ({ sku: product.sku, quantity }));
      // The order itself is the backend's to report: a page may be closed, and can be made to lie.
      const placed = await request<{ order_id: string }>("/orders", { items });
      setOrderId(placed.order_id);
      emptyCart();
    });

  return (
    <>
      <Title name="Cart" />
      <p className="result" role="status" data-tone="good">
        {orderId &&
          lines.length === 0 &&
          `${orderId} is placed. The backend told SegOps, and the warehouse packs it.`}
      </p>
      {lines.length === 0 ? (
        <div className="empty">
          <p>The cart is empty.</p>
          <Link className="button" href="/">
            To the shop
          </Link>
        </div>
      ) : (
        <section className="card" aria-label="What is in the cart">
          <ul className="cart-lines">
            {lines.map((line) => (
              <CartLineRow key={line.product.sku} line={line} />
            ))}
          </ul>
          <p className="total">
            Total <strong>{money(total)}</strong>
          </p>
          {user ? (
            <button type="button" className="button wide" disabled={isBusy} onClick={order}>
              Order as {user.userId}
            </button>
          ) : (
            <Link className="button wide" href="/account">
              Log in to order
            </Link>
          )}
          <p className="error" role="alert">
            {Object.values(errors).join(" ")}
          </p>
        </section>
      )}
    </>
  );
}
