import { LIMITS } from "./limits";
import { PatternError, PatternReader } from "./pattern-reader";

const CLASS_ESCAPES: Record<string, string> = { d: "0-9", w: "A-Za-z0-9_", s: " \\t\\n\\r\\f\\v" };
const CONTROL_ESCAPES: Record<string, number> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/**
 * Rewrites a regular expression into one that means the same to RE2 (DuckDB), to PostgreSQL and to JavaScript, and that
 * each of them matches in time linear in the text: no back-reference, no look-around, bounded repetitions.
 * Throws a `PatternError` that says what is not taken.
 */
export function portablePattern(source: string): string {
  if (source.length > LIMITS.patternLength) {
    throw new PatternError(
      `The regular expression has ${source.length} characters; at most ${LIMITS.patternLength} are taken.`,
    );
  }
  const reader = new PatternReader(source);
  const { text, size } = alternation(reader, 0);
  if (!reader.done) throw reader.error("has no opening parenthesis");
  checkSize(size);
  return text;
}

interface Piece {
  text: string;
  /** How many states it takes, roughly. */
  size: number;
}

function alternation(reader: PatternReader, depth: number): Piece {
  const branches = [branch(reader, depth)];
  while (reader.take("|")) branches.push(branch(reader, depth));
  return join(branches, "|");
}

function branch(reader: PatternReader, depth: number): Piece {
  const pieces: Piece[] = [];
  while (!reader.done && !reader.sees("|") && !reader.sees(")")) pieces.push(piece(reader, depth));
  return join(pieces, "");
}

function piece(reader: PatternReader, depth: number): Piece {
  if (reader.sees("^") || reader.sees("$")) {
    const anchor = { text: reader.next(), size: 1 };
    if (reader.seesQuantifier()) throw reader.error("cannot repeat an anchor");
    return anchor;
  }
  const repeated = quantified(atom(reader, depth), reader);
  if (reader.seesQuantifier()) throw reader.error("repeats a repetition; put the inner one in parentheses");
  checkSize(repeated.size);
  return repeated;
}

function atom(reader: PatternReader, depth: number): Piece {
  if (reader.take("(")) return group(reader, depth + 1);
  if (reader.take("[")) return { text: characterClass(reader), size: 1 };
  if (reader.take(".")) return { text: "[^\\n]", size: 1 };
  if (reader.take("\\")) return { text: escapedAtom(reader), size: 1 };
  if (reader.seesQuantifier()) throw reader.error("has nothing before it to repeat");
  if ("]}".includes(reader.peek())) throw reader.error("stands alone; write a backslash before it");
  return { text: literal(reader.next()), size: 1 };
}

function group(reader: PatternReader, depth: number): Piece {
  if (depth > LIMITS.patternNesting) {
    throw new PatternError(
      `Parentheses in the regular expression are nested more than ${LIMITS.patternNesting} deep.`,
    );
  }
  if (reader.sees("?") && !reader.take("?:")) {
    throw reader.error("begins a look-around, a name or an option; only (…) and (?:…) are taken");
  }
  const inner = alternation(reader, depth);
  if (!reader.take(")")) throw reader.error("is missing: a parenthesis is not closed", ")");
  return { text: `(?:${inner.text})`, size: inner.size + 1 };
}

/** Lazy or greedy is the same to a question that is answered with yes or no. */
function quantified({ text, size }: Piece, reader: PatternReader): Piece {
  const quantifier = reader.takeQuantifier();
  if (quantifier === undefined) return { text, size };
  reader.take("?");
  return { text: text + quantifier.text, size: size * quantifier.copies };
}

function escapedAtom(reader: PatternReader): string {
  const character = reader.next();
  const lower = CLASS_ESCAPES[character.toLowerCase()];
  if (lower !== undefined) return character === character.toLowerCase() ? `[${lower}]` : `[^${lower}]`;
  return escapedCharacter(character, reader);
}

function characterClass(reader: PatternReader): string {
  const negated = reader.take("^") ? "^" : "";
  let members = "";
  while (!reader.take("]")) {
    if (reader.sees("[:") || reader.sees("[.") || reader.sees("[=")) {
      throw reader.error("begins a POSIX class, which is not taken; name the characters, such as [a-z]");
    }
    members += range(reader);
  }
  if (members === "") throw reader.error("follows an empty class");
  return `[${negated}${members}]`;
}

/** One member of a class, or two with a hyphen between them. */
function range(reader: PatternReader): string {
  const low = classMember(reader);
  if (!reader.sees("-") || reader.sees("-]")) return low.text;
  if (low.codePoint === undefined) throw reader.error("cannot follow a class; write a backslash before it");
  reader.next();
  const high = classMember(reader);
  if (high.codePoint === undefined) throw reader.error("comes after a range that ends in a class");
  if (low.codePoint > high.codePoint) throw reader.error("comes after a range that ends before it begins");
  return `${low.text}-${high.text}`;
}

/** Without a code point it stands for several characters. */
function classMember(reader: PatternReader): { text: string; codePoint?: number | undefined } {
  const character = reader.next();
  if (character !== "\\") return { text: literal(character), codePoint: character.codePointAt(0) };
  const escaped = reader.next();
  const set = CLASS_ESCAPES[escaped];
  if (set !== undefined) return { text: set };
  const codePoint = CONTROL_ESCAPES[escaped] ?? escaped.codePointAt(0);
  return { text: escapedCharacter(escaped, reader), codePoint };
}

function escapedCharacter(character: string, reader: PatternReader): string {
  if (character in CONTROL_ESCAPES) return `\\${character}`;
  if (/[\p{L}\p{N}_]/u.test(character)) throw reader.error("comes after an escape that is not taken");
  return literal(character);
}

/** `_` and what is not ASCII needs no escape, and RE2 takes none. */
function literal(character: string): string {
  return /[!-/:-@[-^`{-~]/.test(character) ? `\\${character}` : character;
}

function join(pieces: readonly Piece[], separator: string): Piece {
  return {
    text: pieces.map(({ text }) => text).join(separator),
    size: pieces.reduce((total, { size }) => total + size, 0),
  };
}

function checkSize(size: number): void {
  if (size <= LIMITS.patternSize) return;
  throw new PatternError(
    `The regular expression is too large: with its repetitions written out it has more than ${LIMITS.patternSize} parts.`,
  );
}
