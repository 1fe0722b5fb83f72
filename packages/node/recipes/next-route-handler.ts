import { SegOpsClient } from "@segops/node";
import { after } from "./next-server";

interface Order {
  userId: string;
  number: number;
  total: number;
}

// Reads SEGOPS_API_URL and SEGOPS_SECRET_KEY. One for all requests that this instance serves.
const segops = new SegOpsClient();

export async function POST(request: Request): Promise<Response> {
  const { userId, number, total } = (await request.json()) as Order;
  segops.track({ userId, eventType: "order_placed", payload: { number, total } });
  after(() => segops.flush());
  return Response.json({ number }, { status: 201 });
}
