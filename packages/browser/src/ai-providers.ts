/** Hosts that visitors come from when an AI assistant sent them, subdomains included. Add a line to know one more. */
const AI_PROVIDERS: Readonly<Record<string, string>> = {
  "chatgpt.com": "chatgpt",
  "chat.openai.com": "chatgpt",
  "perplexity.ai": "perplexity",
  "claude.ai": "claude",
  "gemini.google.com": "gemini",
  "bard.google.com": "gemini",
  "grok.com": "grok",
  "x.com/i/grok": "grok",
};

/** What a referrer says of the AI assistant that sent the visitor. */
export interface AiReferral {
  readonly source_provider: string;
  /** What the visitor asked, where the address says so. */
  readonly query_hint: string | null;
}

export function aiReferralOf(referrer: string): AiReferral | undefined {
  const [address = "", search] = referrer.split("?");
  for (const [host, provider] of Object.entries(AI_PROVIDERS))
    if (new RegExp(`^https?://([^/]+\\.)?${host}(/|$)`).test(address)) {
      const query = new URLSearchParams(search);
      return {
        source_provider: provider,
        query_hint: query.get("q") ?? query.get("query"),
      };
    }
  return undefined;
}
