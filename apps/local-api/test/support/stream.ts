import { onTestFinished } from "vitest";

export interface Message {
  event: string;
  data: Record<string, unknown>;
}

/** Listens to /local/stream. `next` resolves with the first message of that name not yet taken. */
export async function openStream(
  server: { url: string },
  headers: Record<string, string> = {},
): Promise<{ next: (event: string) => Promise<Message>; untaken: () => string[] }> {
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const response = await fetch(`${server.url}/local/stream`, { headers, signal: controller.signal });
  if (response.body === null) throw new Error("The stream has no body.");
  const messages = messagesOf(response.body.pipeThrough(new TextDecoderStream()));
  const untaken: Message[] = [];
  return {
    untaken: () => untaken.map(({ event }) => event),
    next: async (event) => {
      const index = untaken.findIndex((message) => message.event === event);
      const [waiting] = index < 0 ? [] : untaken.splice(index, 1);
      if (waiting !== undefined) return waiting;
      for (;;) {
        const { value, done } = await messages.next();
        if (done) throw new Error(`The stream ended without another "${event}".`);
        if (value.event === event) return value;
        untaken.push(value);
      }
    },
  };
}

async function* messagesOf(chunks: AsyncIterable<string>): AsyncGenerator<Message, void> {
  let text = "";
  for await (const chunk of chunks) {
    text += chunk;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split("\n").map((line) => line.split(/: (.*)/s).slice(0, 2)));
      if (fields.event !== undefined) yield { event: fields.event, data: JSON.parse(fields.data) };
    }
  }
}
