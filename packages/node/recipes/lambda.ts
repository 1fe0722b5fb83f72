import { SegOpsClient } from "@segops/node";

// Reads SEGOPS_API_URL and SEGOPS_SECRET_KEY. One for all invocations of this instance.
const segops = new SegOpsClient();

export async function handler(request: { body: string }): Promise<{ statusCode: number; body: string }> {
  const { userId, number, total } = JSON.parse(request.body);
  segops.track({ userId, eventType: "order_placed", payload: { number, total } });
  // The instance may be frozen for good once the answer is returned.
  await segops.flush();
  return { statusCode: 201, body: JSON.stringify({ number }) };
}
