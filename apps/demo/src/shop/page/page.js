import { showActivity } from "./activity.js";
import { byId } from "./dom.js";
import { submitAsJson } from "./form.js";
import { orderForm } from "./order-form.js";

const order = await orderForm();
showActivity();

submitAsJson(byId("sign-up", HTMLFormElement), {
  path: "/sign-ups",
  read: (data) => Object.fromEntries(data),
  done: ({ user_id, tracked }) => {
    byId("sign-up", HTMLFormElement).reset();
    void order.loadCustomers();
    return `Welcome, ${user_id}. Tracked: ${tracked.join(", ")}.`;
  },
});

submitAsJson(byId("order", HTMLFormElement), {
  path: "/orders",
  read: order.read,
  done: ({ order_id, total, currency, tracked }) => {
    const amount = new Intl.NumberFormat("en", { style: "currency", currency }).format(total);
    return `${order_id} for ${amount} is on its way. Tracked: ${tracked.join(", ")}.`;
  },
});
