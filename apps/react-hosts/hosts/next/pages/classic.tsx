import { useTrack, useUser } from "@segops/react";

export default function Classic() {
  const track = useTrack();
  const { user } = useUser();
  return (
    <main>
      <h1>Classic</h1>
      <p>{user?.userId ?? "nobody"}</p>
      <button type="button" onClick={() => track("order_placed", { router: "pages" })}>
        Buy
      </button>
    </main>
  );
}

export const getServerSideProps = () => ({ props: {} });
