import type { Client } from "@segops/node";
import type { Packing } from "../warehouse/warehouse";
import { CATALOGUE, CURRENCY } from "./catalogue";
import type { Customers } from "./customers";
import type { shopEvents } from "./events";
import type { OrderItems, Plan, SignUp } from "./forms";

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
  readonly items: OrderItem[];
}

/** Events of made-up visitors say so. */
export type Marks = { readonly synthetic?: true };

type ShopClient = Pick<Client<typeof shopEvents>, "track" | "identify">;

export interface ShopParts {
  readonly segops: ShopClient;
  readonly customers: Customers;
  readonly warehouse: Packing;
  readonly newOrderId: () => string;
}

/** The shop itself: who signed up, what they order, and what SegOps is told of it. */
export class Shop {
  readonly #segops: ShopClient;
  readonly #warehouse: Packing;
  readonly #newOrderId: () => string;
  readonly #customers: Customers;

  constructor({ segops, customers, warehouse, newOrderId }: ShopParts) {
    this.#segops = segops;
    this.#customers = customers;
    this.#warehouse = warehouse;
    this.#newOrderId = newOrderId;
  }

  /** Newest first. */
  get customers(): SignUp[] {
    return this.#customers.all;
  }

  customer(email: string): SignUp | undefined {
    return this.#customers.get(email);
  }

  signUp(customer: SignUp, marks: Marks = {}): void {
    const { name, email, plan } = customer;
    this.#customers.put(customer);
    this.#segops.identify({ userId: email, traits: { name, email, plan, ...marks } });
    this.#segops.track({ userId: email, eventType: "signed_up", payload: { plan, ...marks } });
  }

  /** Undefined when nobody with this address has signed up. */
  choosePlan(email: string, plan: Plan, marks: Marks = {}): SignUp | undefined {
    const customer = this.#customers.get(email);
    if (customer === undefined) return undefined;
    const changed = { ...customer, plan };
    this.#customers.put(changed);
    this.#segops.identify({ userId: email, traits: { plan, ...marks } });
    return changed;
  }

  /** Undefined when nobody with this address has signed up. */
  placeOrder(email: string, items: OrderItems, marks: Marks = {}): Order | undefined {
    if (this.#customers.get(email) === undefined) return undefined;
    const priced = items.map(({ sku, quantity }) => ({ sku, quantity, cents: priceOf(sku) }));
    const order: Order = {
      order_id: this.#newOrderId(),
      total: priced.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0) / 100,
      currency: CURRENCY,
      items: priced.map(({ sku, quantity, cents }) => ({ sku, quantity, price: cents / 100 })),
    };
    this.#segops.track({ userId: email, eventType: "order_placed", payload: { ...order, ...marks } });
    this.#warehouse.pack({
      userId: email,
      orderId: order.order_id,
      items: items.reduce((sum, { quantity }) => sum + quantity, 0),
      synthetic: marks.synthetic ?? false,
    });
    return order;
  }
}

function priceOf(sku: string): number {
  const product = CATALOGUE.find((candidate) => candidate.sku === sku);
  if (product === undefined) throw new Error(`There is no product ${sku}`);
  return product.price;
}
