/**
 * Reads JSON strictly, as a file from a stranger has to be read.
 *
 * `JSON.parse` names no place that is the same in every browser, lets a key win over its twin, turns 1e999 into infinity
 * and takes a million brackets. Here each of these is a problem with its line and column; keys that reach into an object's
 * own machinery are refused. Nothing is repaired.
 */
import { problem, type Problem } from '#quantity';
import { MAX_DEPTH } from '../limits.ts';
import type { ImportProblemCode } from '../problem.ts';

/** Either what the text says, or why not. */
export type ReadJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem<ImportProblemCode> };

/** Keys that would change what an object is instead of what it holds; no line can be called so either. */
const REFUSED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Leaves the reading at the first thing that is wrong; caught in `readJson` only. */
class Refusal extends Error {
  readonly code: ImportProblemCode;
  readonly at: number;
  readonly args: Readonly<Record<string, string | number>>;
  constructor(code: ImportProblemCode, at: number, args: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.code = code;
    this.at = at;
    this.args = args;
  }
}

/** Reads one JSON value that fills the text. */
export function readJson(text: string): ReadJson {
  try {
    return { ok: true, value: new JsonReader(text).read() };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { code, at, args } = refusal;
    return {
      ok: false,
      problem: problem(
        code,
        { from: at, to: Math.min(at + 1, text.length) },
        { ...args, ...placeOf(text, at) },
      ),
    };
  }
}

/** Line and column of a character, both from 1, as an editor counts them. */
function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split(/\r\n|\n|\r/);
  return { line: before.length, column: Array.from(before.at(-1) ?? '').length + 1 };
}

class JsonReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): unknown {
    const value = this.#value();
    this.#blanks();
    if (this.#at < this.#text.length) this.#refuse();
    return value;
  }

  /** Refuses the character here; at the end of the text the file is cut off. */
  #refuse(): never {
    const found = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    throw this.#at >= this.#text.length
      ? new Refusal('import_json_end', this.#text.length)
      : new Refusal('import_json', this.#at, { found });
  }

  #blanks(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #value(): unknown {
    this.#blanks();
    switch (this.#text.charAt(this.#at)) {
      case '{':
        return this.#object();
      case '[':
        return this.#array();
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  #word<T>(word: string, value: T): T {
    for (const letter of word) this.#expect(letter);
    return value;
  }

  #expect(character: string): void {
    if (this.#text.charAt(this.#at) !== character) this.#refuse();
    this.#at += 1;
  }

  #number(): number {
    const pattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) {
      // a lone minus at the end is a cut file too
      if (this.#text.charAt(this.#at) === '-') this.#at += 1;
      return this.#refuse();
    }
    const value = Number(found);
    if (!Number.isFinite(value))
      throw new Refusal('import_json_number', this.#at, { text: found.slice(0, 40) });
    this.#at += found.length;
    return value;
  }

  #string(): string {
    this.#expect('"');
    let value = '';
    for (;;) {
      const plain = /[^"\\\u0000-\u001f]*/y; // eslint-disable-line no-control-regex -- JSON refuses them in strings
      plain.lastIndex = this.#at;
      const run = plain.exec(this.#text)?.[0] ?? '';
      value += run;
      this.#at += run.length;
      if (this.#text.charAt(this.#at) !== '\\') break;
      this.#at += 1;
      value += this.#escape();
    }
    this.#expect('"');
    return value;
  }

  #escape(): string {
    const letter = this.#text.charAt(this.#at);
    const plain = ESCAPES.get(letter);
    if (plain !== undefined) {
      this.#at += 1;
      return plain;
    }
    if (letter !== 'u') this.#refuse();
    this.#at += 1;
    let digits = '';
    while (digits.length < 4) {
      const digit = this.#text.charAt(this.#at);
      if (!/^[0-9a-fA-F]$/.test(digit)) this.#refuse();
      digits += digit;
      this.#at += 1;
    }
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #enter(opening: string): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new Refusal('import_json_depth', this.#at, { limit: MAX_DEPTH });
    this.#expect(opening);
    this.#blanks();
  }

  #leave(closing: string): void {
    this.#expect(closing);
    this.#depth -= 1;
  }

  /** Tells whether another item follows, and goes past the comma. */
  #hasMore(): boolean {
    this.#blanks();
    if (this.#text.charAt(this.#at) !== ',') return false;
    this.#at += 1;
    this.#blanks();
    return true;
  }

  #array(): unknown[] {
    this.#enter('[');
    const items: unknown[] = [];
    if (this.#text.charAt(this.#at) !== ']') {
      do items.push(this.#value());
      while (this.#hasMore());
    }
    this.#leave(']');
    return items;
  }

  #object(): Record<string, unknown> {
    this.#enter('{');
    const fields: Record<string, unknown> = {};
    if (this.#text.charAt(this.#at) !== '}') {
      do {
        const from = this.#at;
        const key = this.#string();
        if (REFUSED_KEYS.has(key)) throw new Refusal('import_json_key', from, { key });
        if (Object.hasOwn(fields, key))
          throw new Refusal('import_json_twice', from, { key: key.slice(0, 80) });
        this.#blanks();
        this.#expect(':');
        fields[key] = this.#value();
      } while (this.#hasMore());
    }
    this.#leave('}');
    return fields;
  }
}
