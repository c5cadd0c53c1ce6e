/**
 * Units of plan lines: what a number counts and in which power of ten it is written.
 *
 * A number is stored in the unit of its line (亿元 stays 亿元). The exception is the percent, which is stored as its
 * fraction and only shown as percent, as Excel does.
 */

/** Exponents by base: `{ 元: 1, 人: -1 }` is money per head; `{}` is a pure number. */
export type Dimension = Readonly<Record<string, number>>;

/** A unit as declared by a line. */
export interface Unit {
  /** The unit as written: `亿元`, `元/人`, `%`. */
  readonly text: string;
  readonly dimension: Dimension;
  /** How many base units one of this unit is: 1e8 for 亿元. */
  readonly scale: number;
  /** Stored as a fraction, shown times a hundred: `%`, `‰` has 1000. 1 otherwise. */
  readonly shown: 1 | 100 | 1000;
}

/** The unit of a pure number. */
export const PLAIN: Unit = { text: '', dimension: {}, scale: 1, shown: 1 };

const PREFIXES: readonly (readonly [string, number])[] = [
  ['万亿', 1e12],
  ['千亿', 1e11],
  ['百亿', 1e10],
  ['亿', 1e8],
  ['千万', 1e7],
  ['百万', 1e6],
  ['万', 1e4],
  ['千', 1e3],
  ['百', 1e2],
];

/** Each base is a dimension of its own: adding 家 to 户 is a mistake worth a warning. */
const BASES: ReadonlySet<string> = new Set([
  ...['元', '美元', '欧元', '港元', '日元', '英镑'],
  ...[
    '家',
    '户',
    '人',
    '人次',
    '笔',
    '个',
    '单',
    '只',
    '件',
    '项',
    '次',
    '所',
    '支',
    '名',
    '款',
    '条',
    '台',
    '套',
    '处',
  ],
  ...['年', '月', '日', '天', '小时', '分钟'],
  ...['吨', '平方公里', '平方米', '亩', '公里', '千瓦时'],
]);

const PLAIN_UNITS: ReadonlyMap<string, Unit['shown']> = new Map([
  ['', 1],
  ['倍', 1],
  ['%', 100],
  ['％', 100],
  ['个百分点', 100],
  ['百分点', 100],
  ['‰', 1000],
]);

function parseSimple(text: string): { base: string; scale: number } | undefined {
  if (BASES.has(text)) return { base: text, scale: 1 };
  for (const [prefix, scale] of PREFIXES) {
    const base = text.slice(prefix.length);
    if (text.startsWith(prefix) && BASES.has(base)) return { base, scale };
  }
  return undefined;
}

/** Reads a unit as a plan writes it; undefined when it is not one that we know. */
export function parseUnit(text: string): Unit | undefined {
  const trimmed = text.trim();
  const shown = PLAIN_UNITS.get(trimmed);
  if (shown !== undefined) return { text: trimmed, dimension: {}, scale: 1, shown };
  const [top, bottom, more] = trimmed.split('/');
  const numerator = parseSimple(top ?? '');
  if (!numerator || more !== undefined) return undefined;
  if (bottom === undefined) {
    return { text: trimmed, dimension: { [numerator.base]: 1 }, scale: numerator.scale, shown: 1 };
  }
  const denominator = parseSimple(bottom);
  if (!denominator) return undefined;
  return {
    text: trimmed,
    dimension: timesDimension({ [numerator.base]: 1 }, { [denominator.base]: 1 }, -1),
    scale: numerator.scale / denominator.scale,
    shown: 1,
  };
}

/** Multiplies a dimension by another one raised to `power`; exponents of zero vanish. */
export function timesDimension(a: Dimension, b: Dimension, power: number): Dimension {
  const product: Record<string, number> = { ...a };
  for (const [base, exponent] of Object.entries(b)) {
    const sum = (product[base] ?? 0) + exponent * power;
    if (sum === 0) delete product[base];
    else product[base] = sum;
  }
  return product;
}

/** Tells whether two dimensions are the same. */
export function isSameDimension(a: Dimension, b: Dimension): boolean {
  const bases = Object.keys(a);
  return bases.length === Object.keys(b).length && bases.every((base) => a[base] === b[base]);
}

/** Writes a dimension for a message: `元/人`, or `1` for a pure number. */
export function printDimension(dimension: Dimension): string {
  const write = (sign: 1 | -1) =>
    Object.entries(dimension)
      .filter(([, exponent]) => Math.sign(exponent) === sign)
      .map(([base, exponent]) => (Math.abs(exponent) === 1 ? base : `${base}^${Math.abs(exponent)}`))
      .join('·');
  const bottom = write(-1);
  return (write(1) || '1') + (bottom ? `/${bottom}` : '');
}
