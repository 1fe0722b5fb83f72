/** An answer that says no: what is wrong, by field; what belongs to none is under `detail`. */
export class RequestFailure extends Error {
  readonly fields: Readonly<Record<string, string>>;

  constructor(fields: Readonly<Record<string, string>>) {
    super(Object.values(fields).join(" "));
    this.fields = fields;
  }
}

/**
 * Calls the shop's server: the front, and the backend behind it.
 *
 * @throws RequestFailure
 */
export async function request<Answer>(path: string, body?: object): Promise<Answer> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      ...(body && {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      }),
    });
  } catch {
    throw new RequestFailure({ detail: "The shop does not answer. Try again once it is back." });
  }
  const text = await answer.text();
  const json = text === "" ? undefined : JSON.parse(text);
  if (answer.ok) return json;
  const fields = Object.entries(json as Record<string, string | string[]>);
  throw new RequestFailure(Object.fromEntries(fields.map(([name, text]) => [name, [text].flat().join(" ")])));
}
