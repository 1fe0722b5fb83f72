/** A value as text, whatever was thrown: a symbol and an object without a prototype cannot be turned into text. */
export function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "a value without text";
  }
}

/** Calls a function of the host's. Whatever it throws, or rejects with later, goes to `onFailure` and no further. */
export function callHost<Result>(
  call: () => Result,
  onFailure: (problem: string) => void,
): Result | undefined {
  try {
    const result = call();
    if (typeof (result as PromiseLike<unknown> | undefined)?.then === "function") {
      Promise.resolve(result).catch((error) => onFailure(textOf(error)));
    }
    return result;
  } catch (error) {
    onFailure(textOf(error));
    return undefined;
  }
}
