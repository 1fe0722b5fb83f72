import { CATALOGUE } from "./catalogue";
import { PLANS } from "./forms";
import type { Shop } from "./shop";

/** One in so many visits is a new visitor; the others order. */
const SIGN_UP_EVERY = 4;
const MAX_QUANTITY = 3;

/** Made-up visitors who sign up and order, a steady few a second. Their addresses and events say what they are. */
export function startVisitors(shop: Shop, perSecond: number): { stop(): void } {
  let visits = 0;
  let signedUp = 0;
  const visit = () => {
    if (visits % SIGN_UP_EVERY === 0) {
      signedUp += 1;
      shop.signUp(
        { name: `Synthetic visitor ${signedUp}`, email: emailOf(signedUp), plan: pick(PLANS) },
        { synthetic: true },
      );
    } else {
      const { sku } = pick(CATALOGUE);
      const quantity = 1 + Math.floor(Math.random() * MAX_QUANTITY);
      const visitor = 1 + Math.floor(Math.random() * signedUp);
      shop.placeOrder({ email: emailOf(visitor), items: [{ sku, quantity }] }, { synthetic: true });
    }
    visits += 1;
  };
  const timer = setInterval(visit, 1000 / perSecond);
  return { stop: () => clearInterval(timer) };
}

function emailOf(visitor: number): string {
  return `visitor-${visitor}@synthetic.example`;
}

function pick<Value>(values: readonly Value[]): Value {
  return values[Math.floor(Math.random() * values.length)] as Value;
}
