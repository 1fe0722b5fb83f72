import { SegOpsClient } from "@segops/node";
import Fastify from "fastify";

interface Order {
  userId: string;
  number: number;
  total: number;
}

// Reads SEGOPS_API_URL and SEGOPS_SECRET_KEY.
const segops = new SegOpsClient();
const app = Fastify();

app.post<{ Body: Order }>("/orders", async (request, reply) => {
  const { userId, number, total } = request.body;
  segops.track({ userId, eventType: "order_placed", payload: { number, total } });
  return reply.code(201).send({ number });
});

// Runs when the last request is answered.
app.addHook("onClose", async () => {
  await segops.shutdown();
});

process.on("SIGTERM", () => app.close());

await app.listen({ port: Number(process.env.PORT ?? 3000) });
console.log("Listening on", app.server.address());
