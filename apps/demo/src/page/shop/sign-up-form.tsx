import type { SubmitEvent } from "react";
import { Field } from "../ui/field";
import { useSubmission } from "../ui/use-submission";
import { useAccount } from "./account";

export function SignUpForm() {
  const { signUp } = useAccount();
  const { isBusy, errors, submit } = useSubmission();
  const onSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = Object.fromEntries(new FormData(event.currentTarget));
    void submit(() => signUp(form));
  };
  return (
    <section className="card" aria-labelledby="sign-up-title">
      <h2 id="sign-up-title">Sign up</h2>
      <form noValidate onSubmit={onSubmit}>
        <Field label="Name" name="name" autoComplete="name" maxLength={100} error={errors.name} />
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="email"
          placeholder="ada@example.com"
          maxLength={200}
          error={errors.email}
        />
        <fieldset className="field choices">
          <legend>Plan</legend>
          <label>
            <input type="radio" name="plan" value="free" defaultChecked /> <span>Free</span>
          </label>
          <label>
            <input type="radio" name="plan" value="pro" /> <span>Pro</span>
          </label>
        </fieldset>
        <button type="submit" className="button" disabled={isBusy}>
          Sign up
        </button>
        <p className="error" role="alert">
          {errors.detail}
        </p>
      </form>
    </section>
  );
}
