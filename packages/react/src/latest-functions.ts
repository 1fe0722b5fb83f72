/**
 * The same options with functions that call those of the latest options: what is a function now, stays one.
 *
 * @param onAnswer Called when a function's answer is there and was taken in.
 */
export function withLatestFunctions<Options extends object>(
  options: Options,
  latest: () => Options,
  onAnswer: () => void,
): Options {
  const result = { ...options };
  for (const name in options) {
    const initial: unknown = options[name];
    if (typeof initial === "function")
      result[name] = ((...input: unknown[]) => {
        const answer = ((latest()[name] ?? initial) as typeof initial)(...input);
        Promise.allSettled([answer]).then(onAnswer);
        return answer;
      }) as Options[typeof name];
  }
  return result;
}
