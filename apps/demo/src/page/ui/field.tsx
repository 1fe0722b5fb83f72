import { type InputHTMLAttributes, useId } from "react";

/** A labelled input with its error. */
export function Field({
  label,
  error,
  ...input
}: { label: string; error: string | undefined } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} {...input} aria-invalid={error !== undefined} aria-describedby={`${id}-error`} />
      <p className="error" id={`${id}-error`}>
        {error}
      </p>
    </div>
  );
}
