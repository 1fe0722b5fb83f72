import { useUser } from "@segops/react";
import { Trail } from "../backstage/trail";
import { Title } from "../ui/title";
import { CustomerCard } from "./customer-card";
import { LogInList } from "./log-in-list";
import { SignUpForm } from "./sign-up-form";

export function AccountView() {
  const { user } = useUser();
  return (
    <>
      <Title name="Account" />
      <div className="cards">
        {user ? (
          <CustomerCard userId={user.userId} />
        ) : (
          <>
            <SignUpForm />
            <LogInList />
          </>
        )}
        <Trail />
      </div>
    </>
  );
}
