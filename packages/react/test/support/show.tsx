import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { type ReactNode, StrictMode } from "react";
import { afterEach, vi } from "vitest";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** Renders in StrictMode. `again` renders something else in its place. */
export function show(node: ReactNode) {
  const { rerender, unmount, container } = render(<StrictMode>{node}</StrictMode>);
  return { container, unmount, again: (next: ReactNode) => rerender(<StrictMode>{next}</StrictMode>) };
}

export const click = (name: string) => act(() => fireEvent.click(screen.getByRole("button", { name })));

export function Button({ name, onClick }: { readonly name: string; readonly onClick: () => unknown }) {
  return (
    <button type="button" onClick={() => void onClick()}>
      {name}
    </button>
  );
}
