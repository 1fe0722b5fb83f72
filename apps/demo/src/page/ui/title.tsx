import { useEffect } from "react";

/** The heading of a view, which names the page too. */
export function Title({ name }: { name: string }) {
  useEffect(() => {
    document.title = `${name} · Demo shop`;
  }, [name]);
  return <h1>{name}</h1>;
}
