import { useEffect, useState } from "react";
import { books } from "../live/books";
import { request } from "../live/request";
import { useStore } from "../live/store";
import { useSubmission } from "../ui/use-submission";
import { type Customer, useAccount } from "./account";

const MAX_SHOWN = 6;

/** Whoever has signed up may be chosen: there are no passwords. */
export function LogInList() {
  const { logIn } = useAccount();
  const { isBusy, errors, submit } = useSubmission();
  const [customers, setCustomers] = useState<readonly Customer[]>();
  const backend = useStore(books).news?.backend;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a backend that is back can be asked again
  useEffect(() => {
    let isCurrent = true;
    const show = (found: Customer[] | undefined) => isCurrent && setCustomers(found);
    request<Customer[]>("/customers").then(show, () => show(undefined));
    return () => {
      isCurrent = false;
    };
  }, [backend]);
  return (
    <section className="card" aria-labelledby="log-in-title">
      <h2 id="log-in-title">Log in</h2>
      {backend === "down" && <p className="hint">The shop's backend is away.</p>}
      {customers?.length === 0 && (
        <p className="hint">Nobody has signed up since the demo began. Sign up first.</p>
      )}
      <ul className="customers">
        {customers?.slice(0, MAX_SHOWN).map(({ name, email, plan }) => (
          <li key={email}>
            <button type="button" disabled={isBusy} onClick={() => submit(() => logIn(email))}>
              <span className="name">{name}</span>
              <span className="hint">{email}</span>
              <span className="tag" data-plan={plan}>
                {plan}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <p className="error" role="alert">
        {Object.values(errors).join(" ")}
      </p>
    </section>
  );
}
