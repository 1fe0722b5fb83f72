/** The key of the shop's pages: it takes a user id with the backend's signature only. */
export const PAGE_KEY = "pk_test_demo_shop";
