import { CATALOGUE, MAX_QUANTITY, type Product } from "../../shop/catalogue";
import { createStore } from "../live/store";

export interface CartLine {
  readonly product: Product;
  readonly quantity: number;
}

/** How many of which product: for as long as the page is open. */
export const cart = createStore<Readonly<Record<string, number>>>({});

export function setQuantity(sku: string, quantity: number): void {
  const within = Math.max(0, Math.min(MAX_QUANTITY, quantity));
  cart.set((quantities) => ({ ...quantities, [sku]: within }));
}

export function emptyCart(): void {
  cart.set(() => ({}));
}

/** What is in the cart, in the order of the catalogue. */
export function linesIn(quantities: Readonly<Record<string, number>>): CartLine[] {
  return CATALOGUE.flatMap((product) => {
    const quantity = quantities[product.sku] ?? 0;
    return quantity > 0 ? [{ product, quantity }] : [];
  });
}

export function itemsIn(lines: readonly CartLine[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** In cents. */
export function totalOf(lines: readonly CartLine[]): number {
  return lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
}
