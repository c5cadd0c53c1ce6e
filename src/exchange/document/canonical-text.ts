/**
 * One text for one content: the same plan or scenario gives the same characters, whoever writes it and in whatever order
 * its keys came to be.
 */

/** Keys in the order in which a person wants to read them; all others follow by their characters. */
const KEY_ORDER: readonly string[] = [
  ...['kind', 'format', 'id', 'version', 'hash', 'title', 'place', 'zh', 'en', 'line', 'lines', 'period'],
  ...['from', 'to', 'name', 'section', 'unit', 'note', 'basedOn', 'stack'],
  ...['values', 'changes', 'actuals', 'distributions', 'correlations'],
  ...['summary', 'minutes', 'story', 'drivers', 'formulas', 'show', 'levers', 'guess', 'success'],
];

const RANK: ReadonlyMap<string, number> = new Map(KEY_ORDER.map((key, index) => [key, index]));

function isBefore(a: string, b: string): number {
  const byRank = (RANK.get(a) ?? KEY_ORDER.length) - (RANK.get(b) ?? KEY_ORDER.length);
  return byRank !== 0 ? byRank : a < b ? -1 : 1;
}

/**
 * Prints plain data as JSON in canonical key order, with shortest numbers; −0 stays −0.
 *
 * `indent` 0 prints one line; otherwise each field of an object stands on a line of its own, lists of numbers on one.
 * A field without a value is left out. Fails: throws on what JSON cannot hold, such as infinity: a bug of the caller.
 */
export function printCanonical(value: unknown, indent = 0): string {
  return print(value, indent, '');
}

function print(value: unknown, indent: number, margin: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  const inner = indent === 0 ? '' : margin + ' '.repeat(indent);
  if (Array.isArray(value)) {
    const isFlat = value.every((item) => typeof item !== 'object');
    const items = (value as readonly unknown[]).map((item) => print(item, indent, inner));
    return enclose('[', items, ']', isFlat ? 0 : indent, inner, margin, indent === 0 ? ',' : ', ');
  }
  if (typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([a], [b]) => isBefore(a, b))
      .map(
        ([key, field]) => `${JSON.stringify(key)}:${indent === 0 ? '' : ' '}${print(field, indent, inner)}`,
      );
    return enclose('{', fields, '}', indent, inner, margin, ',');
  }
  throw new TypeError(`a ${typeof value} cannot be written as JSON`);
}

function enclose(
  opening: string,
  items: readonly string[],
  closing: string,
  indent: number,
  inner: string,
  margin: string,
  separator: string,
): string {
  if (items.length === 0) return opening + closing;
  if (indent === 0) return opening + items.join(separator) + closing;
  return `${opening}\n${items.map((item) => inner + item).join(',\n')}\n${margin}${closing}`;
}
