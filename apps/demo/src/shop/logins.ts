import type { Context } from "hono";
import { deleteCookie, getSignedCookie, setSignedCookie } from "hono/cookie";

const COOKIE = "demo_shop_login";

/** Who is logged in, by a cookie that the backend has signed: it holds when the backend was started anew. */
export class Logins {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  begin(c: Context, email: string): Promise<void> {
    return setSignedCookie(c, COOKIE, email, this.#secret, { httpOnly: true, sameSite: "Strict", path: "/" });
  }

  end(c: Context): void {
    deleteCookie(c, COOKIE, { path: "/" });
  }

  async email(c: Context): Promise<string | undefined> {
    return (await getSignedCookie(c, this.#secret, COOKIE)) || undefined;
  }
}
