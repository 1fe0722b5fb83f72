import { CURRENCY } from "../../shop/catalogue";

const format = new Intl.NumberFormat("en", { style: "currency", currency: CURRENCY });

export function money(cents: number): string {
  return format.format(cents / 100);
}
