import { useEffect, useState } from "react";
import { request } from "../live/request";
import { useSubmission } from "../ui/use-submission";
import { type Customer, useAccount } from "./account";

/** Who is logged in, their plan, and the way out. */
export function CustomerCard({ userId }: { userId: string }) {
  const { choosePlan, logOut } = useAccount();
  const { isBusy, errors, submit } = useSubmission();
  const [customer, setCustomer] = useState<Customer | null>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another user is another customer
  useEffect(() => {
    let isCurrent = true;
    request<{ customer: Customer | null }>("/me").then(
      (answer) => isCurrent && setCustomer(answer.customer),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [userId]);
  const other = customer?.plan === "pro" ? "free" : "pro";
  return (
    <section className="card" aria-labelledby="customer-title">
      <h2 id="customer-title">{customer?.name ?? userId}</h2>
      <p className="hint">{userId}</p>
      {customer && (
        <p className="plan">
          On the plan{" "}
          <span className="tag" data-plan={customer.plan}>
            {customer.plan}
          </span>
        </p>
      )}
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={isBusy || !customer}
          onClick={() => submit(async () => setCustomer(await choosePlan(other)))}
        >
          Change to {other}
        </button>
        <button type="button" className="button quiet" disabled={isBusy} onClick={() => submit(logOut)}>
          Log out
        </button>
      </div>
      <p className="error" role="alert">
        {Object.values(errors).join(" ")}
      </p>
    </section>
  );
}
