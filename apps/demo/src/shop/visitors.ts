import { CATALOGUE } from "./catalogue";
import { PLANS } from "./forms";
import type { Shop } from "./shop";

/** One in so many visits is a new visitor. */
const SIGN_UP_EVERY = 4;
/** One in so many visits changes the plan; the others order. */
const CHANGE_PLAN_EVERY = 7;
const MAX_QUANTITY = 3;

const FIRST_NAMES = ["Lorem", "Mocka", "Dummy", "Testa", "Placeholda", "Fauxine", "Nullbert", "Samplina"];
const LAST_NAMES = ["McMock", "von Testdata", "O'Fixture", "Ipsum", "Stubbs", "Fictitious", "Exampleton"];

/** Made-up visitors who sign up, order and change their plan. Names, addresses and events say what they are. */
export class Visitors {
  readonly #shop: Shop;
  #visits = 0;
  #signedUp = 0;

  constructor(shop: Shop) {
    this.#shop = shop;
  }

  /** A steady few a second. */
  start(perSecond: number): { stop(): void } {
    const timer = setInterval(() => this.visit(), 1000 / perSecond);
    return { stop: () => clearInterval(timer) };
  }

  visit(): void {
    const turn = this.#visits;
    this.#visits += 1;
    if (turn % SIGN_UP_EVERY === 0) this.#signUp();
    else if (turn % CHANGE_PLAN_EVERY === 0) {
      this.#shop.choosePlan(this.#someone(), pick(PLANS), { synthetic: true });
    } else {
      const quantity = 1 + Math.floor(Math.random() * MAX_QUANTITY);
      this.#shop.placeOrder(this.#someone(), [{ sku: pick(CATALOGUE).sku, quantity }], { synthetic: true });
    }
  }

  #signUp(): void {
    const name = `${at(FIRST_NAMES, this.#signedUp)} ${at(LAST_NAMES, this.#signedUp)}`;
    this.#signedUp += 1;
    this.#shop.signUp(
      { name: `${name} (made up)`, email: emailOf(this.#signedUp), plan: pick(PLANS) },
      { synthetic: true },
    );
  }

  #someone(): string {
    return emailOf(1 + Math.floor(Math.random() * this.#signedUp));
  }
}

function emailOf(visitor: number): string {
  return `visitor-${visitor}@synthetic.example`;
}

function pick<Value>(values: readonly Value[]): Value {
  return at(values, Math.floor(Math.random() * values.length));
}

function at<Value>(values: readonly Value[], index: number): Value {
  return values[index % values.length] as Value;
}
