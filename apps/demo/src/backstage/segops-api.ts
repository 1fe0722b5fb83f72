/** The SegOps server, as its administrator calls it: below `/local`, where no fault is met. */
export class SegOpsApi {
  readonly #url: string;
  readonly #secretKey: string;

  constructor(url: string, secretKey: string) {
    this.#url = url;
    this.#secretKey = secretKey;
  }

  /** @throws Error when the server is away, or answers with an error. */
  async get<Answer>(path: string): Promise<Answer> {
    return this.#call<Answer>("GET", path);
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.#call<Answer>("POST", path, body);
  }

  async delete(path: string): Promise<void> {
    await this.#call("DELETE", path);
  }

  async #call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${this.#url}/local${path}`, {
      method,
      headers: { Authorization: `ApiKey ${this.#secretKey}`, "Content-Type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new ApiFailure(answer.status, `${path} answered ${answer.status}: ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
  }
}

export class ApiFailure extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
