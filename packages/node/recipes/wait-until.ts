import { SegOpsClient } from "@segops/node";

interface Order {
  userId: string;
  number: number;
  total: number;
}

interface Context {
  waitUntil(work: Promise<unknown>): void;
}

// Reads SEGOPS_API_URL and SEGOPS_SECRET_KEY. One for all requests that this instance serves.
const segops = new SegOpsClient();

export default {
  async fetch(request: Request, _environment: unknown, context: Context): Promise<Response> {
    const { userId, number, total } = (await request.json()) as Order;
    segops.track({ userId, eventType: "order_placed", payload: { number, total } });
    context.waitUntil(segops.flush());
    return Response.json({ number }, { status: 201 });
  },
};
