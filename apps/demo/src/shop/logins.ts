import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

const COOKIE = "demo_shop_login";

/** Who is logged in, by a cookie that says nothing by itself. There are no passwords: it is a demo. */
export class Logins {
  readonly #emails = new Map<string, string>();

  begin(c: Context, email: string): void {
    const id = randomUUID();
    this.#emails.set(id, email);
    setCookie(c, COOKIE, id, { httpOnly: true, sameSite: "Strict", path: "/" });
  }

  end(c: Context): void {
    this.#emails.delete(getCookie(c, COOKIE) ?? "");
    deleteCookie(c, COOKIE, { path: "/" });
  }

  email(c: Context): string | undefined {
    return this.#emails.get(getCookie(c, COOKIE) ?? "");
  }
}
