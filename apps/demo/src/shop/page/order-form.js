import { byId, element } from "./dom.js";

/** Fills the order form with what the shop sells and who may order. */
export async function orderForm() {
  const form = byId("order", HTMLFormElement);
  const { currency, products } = await (await fetch("/catalogue")).json();
  const money = new Intl.NumberFormat("en", { style: "currency", currency });
  byId("products", HTMLElement).replaceChildren(
    ...products.map((/** @type {Product} */ product, /** @type {number} */ index) =>
      productRow(product, money, index === 0 ? 1 : 0),
    ),
  );

  /** @param {FormData} data */
  const read = (data) => ({
    email: data.get("email") ?? "",
    items: products
      .map((/** @type {Product} */ { sku }) => ({ sku, quantity: Number(data.get(sku)) }))
      .filter((/** @type {{ quantity: number }} */ { quantity }) => quantity !== 0),
  });

  const showTotal = () => {
    const cents = products.reduce(
      (/** @type {number} */ sum, /** @type {Product} */ { sku, price }) =>
        sum + price * Number(new FormData(form).get(sku)),
      0,
    );
    byId("total", HTMLElement).textContent = cents > 0 ? `for ${money.format(cents / 100)}` : "";
  };
  form.addEventListener("input", showTotal);
  showTotal();

  const loadCustomers = async () => {
    /** @type {{ name: string, email: string }[]} */
    const customers = await (await fetch("/customers")).json();
    byId("order-email", HTMLSelectElement).replaceChildren(
      ...customers.map(({ name, email }) => element("option", { value: email }, `${name} (${email})`)),
    );
    form.hidden = customers.length === 0;
    byId("order-hint", HTMLElement).hidden = customers.length > 0;
  };
  await loadCustomers();
  return { read, loadCustomers };
}

/** @typedef {{ sku: string, name: string, price: number }} Product */

/**
 * @param {Product} product
 * @param {Intl.NumberFormat} money
 * @param {number} quantity
 */
function productRow({ sku, name, price }, money, quantity) {
  return element(
    "li",
    {},
    element("label", { for: sku }, name),
    element("span", { class: "price" }, money.format(price / 100)),
    element("input", {
      id: sku,
      name: sku,
      type: "number",
      inputmode: "numeric",
      min: "0",
      max: "99",
      value: String(quantity),
    }),
  );
}
