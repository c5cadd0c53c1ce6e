/**
 * Names of units in the reader's language. A plan writes its units in Chinese, and in Chinese they stand as written; in
 * English a unit is put together from its power of ten and what it counts: `亿元` is `×100m yuan`.
 */
import type { MessageKey, Words } from './index.ts';

/** Powers of ten, longest first, so that 万亿 is not taken for 万. */
const SCALES: readonly (readonly [string, MessageKey])[] = [
  ['万亿', 'unit_scale_12'],
  ['千亿', 'unit_scale_11'],
  ['百亿', 'unit_scale_10'],
  ['亿', 'unit_scale_8'],
  ['千万', 'unit_scale_7'],
  ['百万', 'unit_scale_6'],
  ['万', 'unit_scale_4'],
  ['千', 'unit_scale_3'],
  ['百', 'unit_scale_2'],
];

/** Measure words for things: in English the number says enough. */
const COUNTS: ReadonlySet<string> = new Set('家笔个单只件项次所支款条台套处');

/** What is counted. */
const BASES: ReadonlyMap<string, MessageKey> = new Map([
  ['元', 'unit_yuan'],
  ['美元', 'unit_us_dollar'],
  ['欧元', 'unit_euro'],
  ['港元', 'unit_hong_kong_dollar'],
  ['日元', 'unit_yen'],
  ['英镑', 'unit_pound'],
  ['户', 'unit_household'],
  ['人', 'unit_person'],
  ['名', 'unit_person'],
  ['人次', 'unit_visit'],
  ['年', 'unit_year'],
  ['月', 'unit_month'],
  ['日', 'unit_day'],
  ['天', 'unit_day'],
  ['小时', 'unit_hour'],
  ['分钟', 'unit_minute'],
  ['吨', 'unit_tonne'],
  ['平方公里', 'unit_square_kilometre'],
  ['平方米', 'unit_square_metre'],
  ['亩', 'unit_mu'],
  ['公里', 'unit_kilometre'],
  ['千瓦时', 'unit_kilowatt_hour'],
  ['倍', 'unit_times'],
  ['%', 'unit_percent'],
  ['％', 'unit_percent'],
  ['‰', 'unit_per_mille'],
  ['个百分点', 'unit_point'],
  ['百分点', 'unit_point'],
]);

/** What a unit is counted per: one of them, not many. */
const SINGLES: ReadonlyMap<string, MessageKey> = new Map([
  ['人', 'unit_per_head'],
  ['户', 'unit_per_household'],
  ['家', 'unit_per_firm'],
  ['年', 'unit_per_year'],
  ['月', 'unit_per_month'],
]);

/** Names a unit as a plan writes it. Empty for a pure number, and in English for plain counts. */
export function unitName(words: Words, unit: string): string {
  if (words.language === 'zh') return unit;
  const [top = '', bottom] = unit.split('/');
  const above = partName(words, top, (scale, base) => `×${scale}${base === '' ? '' : ` ${base}`}`);
  if (above === undefined) return unit;
  if (bottom === undefined) return above;
  const single = SINGLES.get(bottom);
  if (single) return `${above} ${sayPlain(words, single)}`.trim();
  const below = partName(words, bottom, (scale, base) => `${scale} ${base}`.trim());
  return below === undefined ? unit : `${above} ${words.say('unit_per', { unit: below })}`.trim();
}

/** The unit, as a plan writes it, that a reader's language names so. Missing: undefined where the text names none. */
export function unitNamed(words: Words, text: string): string | undefined {
  const wanted = text.trim().toLowerCase();
  if (words.language === 'zh' || wanted === '') return undefined;
  const bases = ['', ...BASES.keys()];
  const scaled = SCALES.flatMap(([prefix]) => bases.slice(1).map((base) => prefix + base));
  return [...BASES.keys(), ...scaled].find((unit) => unitName(words, unit).toLowerCase() === wanted);
}

function partName(
  words: Words,
  part: string,
  join: (scale: string, base: string) => string,
): string | undefined {
  const plain = baseName(words, part);
  if (plain !== undefined) return plain;
  for (const [prefix, key] of SCALES) {
    const base = part.startsWith(prefix) ? baseName(words, part.slice(prefix.length)) : undefined;
    if (base !== undefined) return join(sayPlain(words, key), base);
  }
  return undefined;
}

function baseName(words: Words, base: string): string | undefined {
  if (base === '' || COUNTS.has(base)) return '';
  const key = BASES.get(base);
  return key && sayPlain(words, key);
}

/** Says a message without blanks. */
function sayPlain(words: Words, key: MessageKey): string {
  return (words.say as (key: MessageKey) => string)(key);
}
