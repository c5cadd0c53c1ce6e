/**
 * Names of lines in formulas: the id and the names in both languages all mean the line; the longest match wins. A name that
 * holds an operator, as 金融业增加值/GDP does, is written in single quotes, as Excel writes names of sheets.
 */
import { toHalfWidth } from '#quantity';

/** What a line is called. */
export interface NamedLine {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
}

/** A name found in a text. */
export interface NameMatch {
  /** The lines that are called so; more than one makes the name ambiguous. */
  readonly lines: readonly string[];
  /** End of the name in the text, exclusive. */
  readonly to: number;
}

/** The names of a plan's lines, both ways. */
export interface Names {
  /** Finds the longest name that starts at `from`; `text` must be half-width and lower case. */
  match(text: string, from: number): NameMatch | undefined;
  /** The name to write for a line: its name in that language where it reads back as this line alone, else its id. */
  nameOf(line: string, language: 'zh' | 'en' | 'id'): string;
}

const WORD = /[\p{L}\p{N}_]/u;
const QUOTES: ReadonlyMap<string, string> = new Map([
  ["'", "'"],
  ['‘', '’'],
]);
/** A name that can stand bare: it begins with a letter and holds nothing that a formula reads as an operator. */
const BARE = /^\p{L}[^-+*/^<>=,;?[\]{}%'‘’]*$/u;

/** Letters whose small form is longer (İ) or depends on what stands beside them (Σ). */
const PECULIAR = /[İΣ]/;

const LEADING_WORD = /[\p{L}\p{N}_]*/uy;

/** The letters, digits and underscores that a text goes on with. */
function wordAt(text: string, from: number): string {
  LEADING_WORD.lastIndex = from;
  LEADING_WORD.test(text);
  return text.slice(from, LEADING_WORD.lastIndex);
}

/** Brings a text into the form in which names are compared; every character keeps its position. */
export function comparable(text: string): string {
  const half = toHalfWidth(text);
  if (!PECULIAR.test(half)) return half.toLowerCase();
  // letter by letter; what would change its length is kept as it is
  return Array.from(half, (one) => (one.toLowerCase().length === one.length ? one.toLowerCase() : one)).join(
    '',
  );
}

/** Builds the names of a plan's lines. */
export function buildNames(lines: readonly NamedLine[]): Names {
  const byName = new Map<string, string[]>();
  const lengthsByWord = new Map<string, Set<number>>();
  const displayed = new Map<string, NamedLine>();
  for (const line of lines) {
    displayed.set(line.id, line);
    for (const name of new Set([line.id, comparable(line.name.zh).trim(), comparable(line.name.en).trim()])) {
      const known = byName.get(name);
      if (known) {
        known.push(line.id);
        continue;
      }
      byName.set(name, [line.id]);
      if (!BARE.test(name)) continue;
      const word = wordAt(name, 0);
      const lengths = lengthsByWord.get(word);
      if (lengths) lengths.add(name.length);
      else lengthsByWord.set(word, new Set([name.length]));
    }
  }
  // lengths of names by their first word, longest first: thousands that begin alike are looked up, not gone through
  const candidates = new Map(
    Array.from(lengthsByWord, ([word, lengths]) => [word, [...lengths].sort((a, b) => b - a)] as const),
  );

  const linesCalled = (name: string) =>
    // an id that is exactly this text means its own line, whoever else is called so
    displayed.has(name) ? [name] : (byName.get(name) ?? []);

  const match: Names['match'] = (text, from) => {
    const closing = QUOTES.get(text.charAt(from));
    if (closing !== undefined) {
      const end = text.indexOf(closing, from + 1);
      const lines = end === -1 ? [] : linesCalled(text.slice(from + 1, end).trim());
      return lines.length === 0 ? undefined : { lines, to: end + 1 };
    }
    for (const length of candidates.get(wordAt(text, from)) ?? []) {
      const to = from + length;
      if (to > text.length) continue;
      const name = text.slice(from, to);
      if (!byName.has(name) || !BARE.test(name)) continue;
      // a name that goes on is another, unknown name: 贷款余额2 is not 贷款余额 times 2
      if (WORD.test(text.charAt(to - 1)) && to < text.length && WORD.test(text.charAt(to))) continue;
      return { lines: linesCalled(name), to };
    }
    return undefined;
  };
  return {
    match,
    nameOf(line, language) {
      const known = displayed.get(line);
      if (!known || language === 'id') return line;
      const name = known.name[language].trim();
      const written = BARE.test(comparable(name)) ? name : `'${name}'`;
      const found = match(comparable(written), 0);
      return found?.to === written.length && found.lines.length === 1 && found.lines[0] === line
        ? written
        : line;
    },
  };
}
