"use client";
import { useTrack } from "@segops/react";

export function Buy() {
  const track = useTrack();
  return (
    <button type="button" onClick={() => track("order_placed", { router: "app" })}>
      Buy
    </button>
  );
}
