import { markerOf } from "../marker";

export const EVENT_NAME = "order_placed";
export const userOf = (number: number): string => `u-${number % 1_000}`;

/** Eight properties as in the other scenarios of this bench, one of them the marker. */
export const propertiesOf = (number: number) => ({
  order_id: markerOf(number),
  total: 10.5,
  currency: "EUR",
  items: 2 + (number % 8),
  source: "web",
  gift: true,
  code: null,
  country: "DE",
});
