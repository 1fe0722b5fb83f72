import { useTrack, useTrackOnce, useUser } from "@segops/react";
import { useState } from "react";

export function Shop() {
  const track = useTrack();
  const { user, setUser } = useUser();
  const [items, setItems] = useState(0);
  useTrackOnce("shop_opened");
  return (
    <main>
      <h1>Shop</h1>
      <p>{user?.userId ?? "nobody"}</p>
      <button type="button" onClick={() => track("order_placed", { total: 42, currency: "EUR" })}>
        Buy
      </button>
      <button type="button" onClick={() => setUser({ userId: "ada", traits: { plan: "pro" } })}>
        Log in
      </button>
      <button type="button" onClick={() => setItems(items + 1)}>
        {items} in the basket
      </button>
    </main>
  );
}
