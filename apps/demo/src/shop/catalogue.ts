export interface Product {
  readonly sku: string;
  readonly name: string;
  /** In cents. */
  readonly price: number;
}

export const CURRENCY = "EUR";

export const CATALOGUE: readonly Product[] = [
  { sku: "mug", name: "Enamel mug", price: 1450 },
  { sku: "notebook", name: "Dotted notebook", price: 990 },
  { sku: "lamp", name: "Desk lamp", price: 5900 },
];
