/**
 * A part of an Excel formula on its way from our expression tree, and how parts are joined.
 *
 * Excel has no missing value. A cell that is missing is empty, or holds the empty text; arithmetic on it must be avoided,
 * not tried: so a piece carries the tests that tell whether it is missing, and they are written once around the whole
 * formula: `IF(OR(F20="",gdp=""),"",F20*gdp)`. Where nothing can be missing there is no test, and the formula stays plain.
 */

/** Whether there is a value: never missing, always, or as it comes. */
export type Presence = 'never' | 'maybe' | 'always';

/** A translated part. */
export interface Piece {
  readonly text: string;
  /** How tightly the text binds: 1 comparison, 3 sum, 4 product, 6 power, 9 closed. */
  readonly strength: number;
  /** Conditions, any of which means that the piece is missing; `text` may be used where none holds. */
  readonly tests: readonly string[];
  readonly missing: Presence;
  /** `text` gives the empty text by itself where it is missing. */
  readonly isGuarded?: boolean;
  /** It may fail without one of `tests` failing too. */
  readonly mayFail: boolean;
  /** TRUE or FALSE, not a number. */
  readonly isLogical?: boolean;
}

/** The empty text: how a formula says that there is no value. */
export const EMPTY = '""';

/** Binding of a closed text: a number, an address, a call. */
export const CLOSED = 9;

/** A piece that is there and cannot fail. */
export function constant(text: string, strength = CLOSED): Piece {
  return { text, strength, tests: [], missing: 'never', mayFail: false };
}

/** A piece that is missing whatever happens. */
export function nothing(): Piece {
  return {
    text: EMPTY,
    strength: CLOSED,
    tests: ['TRUE'],
    missing: 'always',
    isGuarded: true,
    mayFail: false,
  };
}

/** A text that tells by itself that it is missing. */
export function guarded(text: string): Piece {
  return {
    text,
    strength: CLOSED,
    tests: [`${text}=${EMPTY}`],
    missing: 'maybe',
    isGuarded: true,
    mayFail: true,
  };
}

/** Missing whatever its parts are, unless one of them fails: a failure goes before a missing value, where it must show. */
export function absent(parts: readonly Piece[], isExact: boolean): Piece {
  const asked = parts.filter((part) => isExact && part.mayFail);
  return asked.length === 0 ? nothing() : guarded(`IF(${anyOf(asked.map(isEmpty))},${EMPTY},${EMPTY})`);
}

/** The condition that a piece has no value; it fails where the piece does. */
function isEmpty(piece: Piece): string {
  return `${whole(piece)}=${EMPTY}`;
}

/** The text in brackets where it binds less tightly than its place asks. */
export function within(piece: Piece, least: number): string {
  return piece.strength < least ? `(${piece.text})` : piece.text;
}

/** Any of these conditions. */
export function anyOf(tests: readonly string[]): string {
  return tests.length === 1 ? (tests[0] as string) : `OR(${tests.join(',')})`;
}

/** The whole formula of a piece: its value, or the empty text where it is missing. */
export function whole(piece: Piece): string {
  const value = numeric(piece);
  if (value.missing === 'always') return EMPTY;
  if (value.missing === 'never' || value.isGuarded) return value.text;
  return `IF(${anyOf(value.tests)},${EMPTY},${value.text})`;
}

/** The piece as a number: TRUE is 1. */
export function numeric(piece: Piece): Piece {
  return piece.isLogical ? { ...piece, text: `N(${piece.text})`, strength: CLOSED, isLogical: false } : piece;
}

/** The piece as a condition: any number but 0 is true. */
export function condition(piece: Piece): Piece {
  if (piece.isLogical) return piece;
  return { ...piece, text: `${within(piece, 3)}<>0`, strength: 1, isLogical: true, isGuarded: false };
}

/** What joined parts have in common. */
export interface Joined {
  readonly missing: Presence;
  readonly tests: readonly string[];
  readonly mayFail: boolean;
}

/**
 * Joins parts all of which are needed: one that is missing makes the whole missing.
 *
 * A failure goes before a missing value. `isExact` asks that this shows too: then a part that may fail is looked at
 * before the whole is called missing. Without it the formula stays short, and a failure may hide behind a missing value.
 */
export function joined(parts: readonly Piece[], isExact: boolean): Joined {
  const missing = parts.some((part) => part.missing === 'always')
    ? 'always'
    : parts.some((part) => part.missing === 'maybe')
      ? 'maybe'
      : 'never';
  const tests = [...new Set(parts.flatMap((part) => part.tests))];
  if (isExact && tests.length > 0) {
    for (const part of parts) {
      if (!part.mayFail) continue;
      const seen = isEmpty(part);
      if (!tests.includes(seen)) tests.push(seen);
    }
  }
  const mayFail = parts.some((part) => part.mayFail);
  return { missing: isExact && mayFail && missing === 'always' ? 'maybe' : missing, tests, mayFail };
}

/** The one of the texts that belongs to the selected scenario; where all but one agree, by a plain question. */
export function chosenByScenario(selected: string, texts: readonly string[]): string {
  const [first = EMPTY] = texts;
  const others = texts.flatMap((text, position) => (text === first ? [] : [position]));
  const [only] = others;
  if (only === undefined) return first;
  if (others.length === 1) return `IF(${selected}=${only + 1},${texts[only]},${first})`;
  return `CHOOSE(${selected},${texts.join(',')})`;
}
