import { SegOpsClient } from "@segops/node";
import express from "express";

// Reads SEGOPS_API_URL and SEGOPS_SECRET_KEY.
const segops = new SegOpsClient();
const app = express();

app.post("/orders", express.json(), (request, response) => {
  const { userId, number, total } = request.body;
  segops.track({ userId, eventType: "order_placed", payload: { number, total } });
  response.status(201).json({ number });
});

const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  console.log("Listening on", server.address());
});

process.on("SIGTERM", () => {
  // First the requests that are under way, then their events. After that nothing keeps the process alive.
  server.close(() => segops.shutdown());
});
