import { userDetail } from "./user-detail.js";
import { userList } from "./user-list.js";

/** `#/users` and `#/users/<user id>`. @type {import("../page.js").View} */
export function usersView(place, [userId], signal) {
  if (userId === undefined) userList(place, signal);
  else userDetail(place, userId, signal);
}
