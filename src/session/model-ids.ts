/** Ids for what a person adds to a plan: made from the name, free, and never changed afterwards. */
import { findFunction } from '#formula';
import type { Plan } from '#plan';

const MAX_ID = 60;

/** A free id that is made from a name where that has Latin letters, else from the word: `line_12`. */
export function freeId(name: string, word: 'line' | 'section', plan: Plan): string {
  const taken = new Set((word === 'line' ? plan.lines : plan.sections).map(({ id }) => id));
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, MAX_ID);
  // a short remainder of a Chinese name, as the G of 人均GDP would be, says nothing
  const isNamed = /^[\x20-\x7e]+$/.test(name) && slug.length > 2;
  const isFree = (id: string) => !taken.has(id) && !findFunction(id) && !RESERVED.has(id);
  if (isNamed && isFree(slug)) return slug;
  const stem = isNamed ? slug : word;
  let number = isNamed ? 2 : taken.size + 1;
  while (!isFree(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/** Words of the formula language. */
const RESERVED: ReadonlySet<string> = new Set(
  'base first last and or not xor mod true false null constructor prototype undefined nan infinity end'.split(
    ' ',
  ),
);
