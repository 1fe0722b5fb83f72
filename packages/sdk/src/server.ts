/**
 * What only a server may do. Runs wherever WebCrypto is, on the edge too.
 *
 * @module
 */
export { type SignedUserId, signUserId } from "./sign-user-id";
