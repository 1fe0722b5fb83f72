export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly about: string;
  /** In cents. */
  readonly price: number;
}

export const CURRENCY = "EUR";
/** Of one product in one order. */
export const MAX_QUANTITY = 99;

export const CATALOGUE: readonly Product[] = [
  { sku: "mug", name: "Enamel mug", about: "Survives being dropped, like your events.", price: 1450 },
  { sku: "notebook", name: "Dotted notebook", about: "192 pages for what is not tracked.", price: 990 },
  { sku: "lamp", name: "Desk lamp", about: "Warm light, three joints, no app.", price: 5900 },
  { sku: "tote", name: "Canvas tote", about: "Carries up to 500 things at a time.", price: 1800 },
  { sku: "plant", name: "Potted fern", about: "Asks for water every five days.", price: 2250 },
  { sku: "clock", name: "Wall clock", about: "Never jumps. Runs on one battery.", price: 3400 },
];
