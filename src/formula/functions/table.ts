/** Functions that read a small table: two lists side by side. A row whose key is missing is not there. */
import { MISSING, failure, isNumber, type Value } from '#quantity';
import type { FunctionSpec } from '../function-spec.ts';
import { finite, list, listIn, microsoft, number, numberIn, optional, plainIn } from './declare.ts';

const plain = plainIn('table');

/** Excel's approximate match: the last of the largest keys that are not above the wanted one. */
function lookup(wanted: number, keys: readonly Value[], results: readonly Value[]): Value {
  if (keys.length !== results.length) return failure('#N/A', 'lists_differ', { name: 'LOOKUP' });
  let found = -1;
  let best = -Infinity;
  keys.forEach((key, index) => {
    if (!isNumber(key) || key > wanted || key < best) return;
    [found, best] = [index, key];
  });
  return found < 0 ? failure('#N/A', 'no_match', { name: 'LOOKUP' }) : (results[found] ?? MISSING);
}

/** A straight line between neighbouring points; the first and the last value are held outside of them. */
function interpolate(wanted: number, xs: readonly Value[], ys: readonly Value[]): Value {
  if (xs.length !== ys.length) return failure('#N/A', 'lists_differ', { name: 'INTERPOLATE' });
  const points = xs.flatMap((x, index) => {
    const y = ys[index] ?? MISSING;
    return isNumber(x) && isNumber(y) ? [{ x, y }] : [];
  });
  if (points.some(({ x }, index) => index > 0 && x <= (points[index - 1]?.x ?? -Infinity))) {
    return failure('#NUM!', 'not_ascending', { name: 'INTERPOLATE', argument: 'xs' });
  }
  const next = points.find(({ x }) => x >= wanted);
  const last = points.findLast(({ x }) => x <= wanted);
  if (next === undefined || last === undefined) return finite((next ?? last)?.y ?? MISSING);
  if (next.x === last.x) return finite(last.y);
  return finite(last.y + (next.y - last.y) * ((wanted - last.x) / (next.x - last.x)));
}

const FREQUENCIES = {
  ...{ A2: 4.14, A3: 4.19, A4: 5.17, A5: 5.77, A6: 6.39 },
  ...{ B2: 1, B3: 2, B4: 3, B5: 4, B6: 5 },
};
const COLOURS = `${microsoft('LOOKUP')}; its colours are numbered here`;

/** LOOKUP INTERPOLATE. */
export const tableFunctions: readonly FunctionSpec[] = [
  {
    ...plain,
    name: 'LOOKUP',
    parameters: [
      number('lookup_value', 'a'),
      list('lookup_vector', 'a'),
      optional(list('result_vector', 'b')),
    ],
    result: 'b',
    compute: ([wanted, keys, results]) => {
      const vector = listIn(keys) ?? [];
      return lookup(numberIn(wanted) ?? 0, vector, listIn(results) ?? vector);
    },
    examples: [
      { text: '=LOOKUP(4.19, A2:A6, B2:B6)', gives: 2, cells: FREQUENCIES, source: COLOURS },
      { text: '=LOOKUP(5.75, A2:A6, B2:B6)', gives: 3, cells: FREQUENCIES, source: COLOURS },
      { text: '=LOOKUP(7.66, A2:A6, B2:B6)', gives: 5, cells: FREQUENCIES, source: COLOURS },
      { text: '=LOOKUP(0, A2:A6, B2:B6)', gives: '#N/A', cells: FREQUENCIES, source: COLOURS },
    ],
  },
  {
    ...plain,
    name: 'INTERPOLATE',
    parameters: [number('x', 'a'), list('xs', 'a'), list('ys', 'b')],
    result: 'b',
    compute: ([wanted, xs, ys]) => interpolate(numberIn(wanted) ?? 0, listIn(xs) ?? [], listIn(ys) ?? []),
    examples: [
      { text: '=INTERPOLATE(2022, {2020, 2025}, {100, 150})', gives: 120, source: 'two fifths of the way' },
      { text: '=INTERPOLATE(2030, {2020, 2025}, {100, 150})', gives: 150, source: 'the last value is held' },
      { text: '=INTERPOLATE(1, {3, 2}, {5, 6})', gives: '#NUM!', source: 'the points do not ascend' },
    ],
  },
];
