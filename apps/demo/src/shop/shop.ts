import type { Client } from "@segops/node";
import { CATALOGUE, CURRENCY } from "./catalogue";
import type { OrderForm, SignUp } from "./forms";

interface OrderItem {
  readonly sku: string;
  readonly quantity: number;
  readonly price: number;
}

export interface Order {
  readonly order_id: string;
  /** In the currency's main unit, as is `price`. */
  readonly total: number;
  readonly currency: string;
  readonly items: readonly OrderItem[];
}

/** Events of made-up visitors say so. */
export type Marks = { readonly synthetic?: true };

/** The shop itself: who signed up, what they order, and what SegOps is told of it. */
export class Shop {
  readonly #segops: Pick<Client, "track" | "identify">;
  readonly #newOrderId: () => string;
  readonly #customers = new Map<string, SignUp>();

  constructor(segops: Pick<Client, "track" | "identify">, newOrderId: () => string) {
    this.#segops = segops;
    this.#newOrderId = newOrderId;
  }

  /** Newest first. */
  get customers(): SignUp[] {
    return [...this.#customers.values()].reverse();
  }

  signUp(customer: SignUp, marks: Marks = {}): void {
    const { name, email, plan } = customer;
    this.#customers.set(email, customer);
    this.#segops.identify({ userId: email, traits: { name, email, plan, ...marks } });
    this.#segops.track({ userId: email, eventType: "signed_up", payload: { plan, ...marks } });
  }

  /** Undefined when nobody with this address has signed up. */
  placeOrder({ email, items }: OrderForm, marks: Marks = {}): Order | undefined {
    if (!this.#customers.has(email)) return undefined;
    const priced = items.map(({ sku, quantity }) => ({ sku, quantity, cents: priceOf(sku) }));
    const order: Order = {
      order_id: this.#newOrderId(),
      total: priced.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0) / 100,
      currency: CURRENCY,
      items: priced.map(({ sku, quantity, cents }) => ({ sku, quantity, price: cents / 100 })),
    };
    this.#segops.track({ userId: email, eventType: "order_placed", payload: { ...order, ...marks } });
    return order;
  }
}

function priceOf(sku: string): number {
  const product = CATALOGUE.find((candidate) => candidate.sku === sku);
  if (product === undefined) throw new Error(`There is no product ${sku}`);
  return product.price;
}
