const SECRETS = /\bBearer\s+\S+|\b[spm]k_[\x21-\x7e]+|\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/** A text without keys and tokens: a server may repeat them, and so may a developer's mistake. */
export function withoutSecrets(text: string): string {
  return text.replace(SECRETS, "[secret]");
}
