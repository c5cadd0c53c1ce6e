/** Workbooks that were changed at random, opened to their end. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { expect } from 'vitest';
import { readModel } from '#exchange';
import { readPlan, type Plan } from '#plan';
import { compared, read } from './workbook-edits.ts';

const both = (text: string) => ({ zh: text, en: text });

/** A workbook of `tests/saved/workbooks`. */
export const savedWorkbook = (name: string) =>
  new Uint8Array(readFileSync(resolve(import.meta.dirname, '../saved/workbooks', `${name}.xlsx`)));

/** Opens a workbook to its end: refused with problems, or a plan that holds. */
export async function survives(bytes: Uint8Array, plans: readonly Plan[] = []): Promise<string> {
  const result = await read(bytes);
  if (!result.ok) {
    expect(result.problems.length).toBeGreaterThan(0);
    return result.problems[0]?.code ?? '';
  }
  if (result.value.kind === 'own') {
    const placed = await compared(bytes, plans);
    if (!placed.ok) expect(placed.problems.length).toBeGreaterThan(0);
    return 'own';
  }
  const work = readModel(result.value.workbook, { id: 'x', title: both('x'), scenarioName: both('x') });
  let step = work.next();
  while (!step.done) step = work.next();
  const model = step.value;
  if (!model.ok) {
    expect(model.problems.length).toBeGreaterThan(0);
    return model.problems[0]?.code ?? '';
  }
  expect(readPlan(JSON.parse(JSON.stringify(model.model.plan))).ok).toBe(true);
  return 'model';
}

/** What strangers put into the parts of a workbook. */
const PIECES = [
  ...[
    '<c',
    '</c>',
    '<f>',
    '</f>',
    '<v>',
    '</v>',
    '"',
    '&',
    '&amp;',
    '&#0;',
    '<!--',
    '<![CDATA[',
    '</row>',
    '<row r="9999999">',
  ],
  ...[
    'r="XFE1"',
    'r="A0"',
    't="shared" si="0"',
    't="array" ref="A1:Z9"',
    't="e"',
    '1e999',
    '-',
    'NaN',
    '#REF!',
    '[1]S!A1',
  ],
  ...[
    'SUM(A1:XFD1048576)',
    '((((((((((',
    "'",
    '1900',
    '2021',
    '\u0000',
    '贷',
    's="99999"',
    '<mergeCell ref="A1:XFD1048576"/>',
  ],
];

/** A change of the text of one part. */
export const textMutation = fc.record({
  part: fc.nat(),
  at: fc.nat(),
  length: fc.nat(30),
  piece: fc.constantFrom('', ...PIECES),
});

/** Changes of bytes of the archive, and perhaps its end cut off. */
export const byteMutation = fc.record({
  cut: fc.option(fc.nat(), { freq: 6 }),
  bytes: fc.array(fc.record({ at: fc.nat(), value: fc.nat(255) }), { minLength: 1, maxLength: 6 }),
});

type Of<One> = One extends fc.Arbitrary<infer Value> ? Value : never;

/** Changes bytes of an archive. */
export function withBytes(file: Uint8Array, { cut, bytes }: Of<typeof byteMutation>): Uint8Array {
  const given = file.slice();
  for (const { at, value } of bytes) given[at % given.length] = value;
  return cut === null ? given : given.slice(0, cut % given.length);
}

/** Changes the text of parts that hold cells. */
export function withText(file: Uint8Array, edits: readonly Of<typeof textMutation>[]): Uint8Array {
  const parts = unzipSync(file);
  const paths = Object.keys(parts).filter((path) => /sheet\d|workbook\.xml$|sharedStrings|styles/.test(path));
  for (const { part, at, length, piece } of edits) {
    const path = paths[part % paths.length] as string;
    const text = strFromU8(parts[path] as Uint8Array);
    const from = at % text.length;
    parts[path] = strToU8(text.slice(0, from) + piece + text.slice(from + length));
  }
  return zipSync(parts, { level: 1 });
}
