import { useTrack } from "@segops/react";

export const dynamic = "force-dynamic";

// What a newcomer may do: a hook in a server component.
export default function Mistake() {
  useTrack();
  return <h1>Never shown</h1>;
}
