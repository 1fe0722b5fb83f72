import Link from "next/link";
import { Buy } from "./buy";

export default async function Shop() {
  return (
    <main>
      <h1>Shop</h1>
      <Buy />
      <Link href="/cart">Cart</Link>
    </main>
  );
}
