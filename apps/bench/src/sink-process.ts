/** A server that takes everything and counts: requests and bytes, nothing that would cost. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const ANSWER = '{"skipped":0}';
const HEADERS = { "Content-Type": "application/json", "Content-Length": ANSWER.length };

let requests = 0;
let bytes = 0;

const server = createServer((request, response) => {
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on("end", () => {
    requests += 1;
    response.writeHead(202, HEADERS).end(ANSWER);
  });
});

process.on("message", () => {
  process.send?.({ requests, bytes });
  requests = 0;
  bytes = 0;
});
process.on("disconnect", () => process.exit(0));

server.listen(0, "127.0.0.1", () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
