import { ConfigurationError, DeliveryError, InvalidEventError, SegOpsError } from "@segops/core";

/** The `name` that instances have of themselves: class names do not outlive a minifier. */
const CLASSES = [
  [ConfigurationError, "ConfigurationError"],
  [DeliveryError, "DeliveryError"],
  [InvalidEventError, "InvalidEventError"],
] as const;

/**
 * A process that both imports and requires this package has its engine twice, and two classes of each error. This lets
 * `instanceof` know an error of the other copy by its name. One copy behind both would do as well, but took an import of
 * the engine from 9 to 26 ms (Node 20): CommonJS has to be read twice to be imported.
 */
export function knowErrorsOfOtherCopies(): void {
  for (const [type, name] of CLASSES) know(type, [name]);
  know(SegOpsError, ["SegOpsError", ...CLASSES.map(([, name]) => name)]);
}

function know(type: typeof SegOpsError | (typeof CLASSES)[number][0], names: readonly string[]): void {
  const isInstance = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(type, Symbol.hasInstance, {
    configurable: true,
    value(this: unknown, candidate: unknown): boolean {
      if (isInstance.call(this, candidate)) return true;
      // Inherited by a class of the host's: that one knows its own alone.
      if (this !== type || !(candidate instanceof Error)) return false;
      return names.includes(candidate.name) && typeof (candidate as { code?: unknown }).code === "string";
    },
  });
}
