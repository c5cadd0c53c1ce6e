/** A large answer comes over in pieces and is the same answer. */
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { Assembly, cutAnswer } from '../../src/worker/answer-pieces.ts';

/** Sends pieces as messages do, and puts them together. */
function carried(answer: unknown): { pieces: number; answer: unknown } {
  const pieces = cutAnswer(answer);
  if (!pieces) return { pieces: 1, answer: structuredClone(answer) };
  const assembly = new Assembly();
  for (const steps of pieces) assembly.take(structuredClone(steps));
  return { pieces: pieces.length, answer: assembly.answer };
}

const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `row_${at}`, values: { 2021: at, 2022: at / 3 } }));

test('a small answer goes in one message', () => {
  expect(cutAnswer({ rows: rows(20) })).toBeUndefined();
  expect(cutAnswer('a text')).toBeUndefined();
  expect(cutAnswer(undefined)).toBeUndefined();
});

test('a large list, a deep one and one large text come over whole', () => {
  const deep = { plan: { lines: rows(20_000), note: null }, empty: [], none: undefined };
  const back = carried(deep);
  expect(back.pieces).toBeGreaterThan(10);
  expect(back.answer).toEqual(deep);
  const texts = Array.from({ length: 400 }, (_, at) => `${at}`.repeat(4000));
  expect(carried(texts).answer).toEqual(texts);
});

test('no piece is much heavier than the others', () => {
  const sizes = (cutAnswer({ lines: rows(50_000) }) ?? []).map((steps) => JSON.stringify(steps).length);
  expect(Math.max(...sizes)).toBeLessThan(200_000);
});

test('what stands at two places is sent once and is one object again', () => {
  const scenarios = rows(600).map((row) => ({ ...row, many: rows(60) }));
  const answer = { scenarios, arrived: scenarios.map((scenario) => ({ scenario, count: 1 })) };
  const back = carried(answer).answer as typeof answer;
  expect(back.arrived[17]?.scenario).toBe(back.scenarios[17]);
  expect(back).toEqual(answer);
});

test('an answer that hands buffers over stays whole', () => {
  expect(cutAnswer({ rows: rows(20_000), numbers: new Float64Array(3) })).toBeUndefined();
});

test('whatever an answer holds, it comes over as one message would bring it', () => {
  const content = fc.jsonValue({ maxDepth: 5 });
  fc.assert(
    fc.property(fc.array(content, { maxLength: 5 }), (parts) => {
      const answer = { parts, twice: [parts, parts], rows: rows(2_500) };
      expect(carried(answer).answer).toEqual(structuredClone(answer));
    }),
    { numRuns: 20 },
  );
});
