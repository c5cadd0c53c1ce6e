/** Many samples at once are, sample by sample, what one scenario is by itself. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOf, buildEngine, finish, samplesOf, valueAt, type Move } from '#engine';
import { listPeriods, type Change, type Plan } from '#plan';
import { isFailure, type Value } from '#quantity';
import { aPlan, aScenario } from '#tests/builders';
import { amount, moves as anyMoves, plans } from './random-plans.ts';

const everyCell = (plan: Plan) =>
  plan.lines.flatMap((line) => listPeriods(plan.periods).map((period) => ({ line: line.id, period })));

/** The same numbers, as a person would type them into a scenario. */
const scenarioOf = (moves: readonly Move[], numbers: readonly number[]) =>
  aScenario({
    changes: moves.map(
      ({ effect, ...span }, index) => ({ ...span, [effect]: numbers[index] }) as unknown as Change,
    ),
  });

/** How far a loop was off is told for one sample only. */
function comparable(value: Value): unknown {
  if (!isFailure(value)) return value;
  const { change: _, ...args } = value.args;
  return { ...value, args };
}

const columns = (rows: readonly (readonly number[])[]) =>
  (rows[0] ?? []).map((_, move) => Float64Array.from(rows, (row) => row[move] as number));

/** Samples a block by evaluator. */
const BLOCK = { interpreted: 512, compiled: 512 } as const;

describe.each(['interpreted', 'compiled'] as const)('a batch, %s,', (evaluator) => {
  it('is sample by sample what a scenario with the same changes is, to the last bit', () => {
    fc.assert(
      fc.property(
        plans,
        anyMoves.chain((moves) =>
          fc.tuple(
            fc.constant(moves),
            fc.array(fc.array(amount, { minLength: moves.length, maxLength: moves.length }), {
              minLength: 1,
              maxLength: 4,
            }),
          ),
        ),
        (plan, [moves, rows]) => {
          const engine = buildEngine(plan);
          const outputs = everyCell(plan);
          const result = finish(
            batchOf(engine, aScenario(), { moves, outputs, evaluator }).run(samplesOf(columns(rows))),
          );
          rows.forEach((numbers, sample) => {
            const single = engine.calculate(scenarioOf(moves, numbers));
            const got = outputs.map((_, output) => comparable(valueAt(result, output, sample)));
            expect(got).toEqual(outputs.map(({ line, period }) => comparable(single.value(line, period))));
          });
        },
      ),
      { numRuns: Number(process.env['RUNS'] ?? 250) },
    );
  });

  const plan = aPlan()
    .driver('growth', '10%')
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
    .line('gdp', { 2020: 200 }, 'gdp[t-1] * 1.05')
    .line('ratio', {}, 'loans / gdp')
    .line('capped', {}, 'loans > 115 ? loans : 1 / (loans - 100)')
    .build();
  const engine = buildEngine(plan);
  const level: Move = { line: 'growth', effect: 'set' };

  it('calculates only what moves reach and outputs need', () => {
    // growth and loans in 2021 and 2022; neither the years after, nor gdp, nor the ratio
    const batch = batchOf(engine, aScenario(), {
      moves: [level],
      outputs: [{ line: 'loans', period: 2022 }],
      evaluator,
    });
    expect(batch.cells).toBe(4);
  });

  it('shares what no move reaches', () => {
    const outputs = [
      { line: 'gdp', period: 2021 },
      { line: 'loans', period: 2020 },
      { line: 'loans', period: 2018 },
    ];
    const result = finish(
      batchOf(engine, aScenario(), { moves: [level], outputs, evaluator }).run(
        samplesOf([new Float64Array(9)]),
      ),
    );
    expect(result.columns.map(({ isShared, values }) => [isShared, values.length])).toEqual([
      [true, 1],
      [true, 1],
      [true, 1],
    ]);
    expect(outputs.map((_, output) => valueAt(result, output, 8))).toEqual([210, 100, null]);
  });

  it('takes each sample’s own side of a branch, and carries its failure with its place', () => {
    const outputs = [{ line: 'capped', period: 2021 }];
    const samples = samplesOf([Float64Array.of(0.2, 0, 0.1)]);
    const result = finish(batchOf(engine, aScenario(), { moves: [level], outputs, evaluator }).run(samples));
    // 120 is above; 1 / (100 − 100) fails; 1 / (110 − 100)
    expect(valueAt(result, 0, 0)).toBe(120);
    expect(valueAt(result, 0, 1)).toMatchObject({ code: '#DIV/0!', line: 'capped', period: 2021 });
    expect(valueAt(result, 0, 2)).toBeCloseTo(0.1, 13);
    expect([...(result.columns[0]?.status ?? [])]).toEqual([0, 2, 0]);
  });

  it('fails in the sample whose number is none, and in no other', () => {
    const outputs = [{ line: 'loans', period: 2021 }];
    const result = finish(
      batchOf(engine, aScenario(), { moves: [level], outputs, evaluator }).run(
        samplesOf([Float64Array.of(NaN, 0.5)]),
      ),
    );
    expect(valueAt(result, 0, 0)).toMatchObject({ code: '#NUM!', reason: 'not_finite', line: 'growth' });
    expect(valueAt(result, 0, 1)).toBe(150);
  });

  it('keeps the same numbers however they fall into blocks, and shows its progress', () => {
    const count = 1300;
    const samples = samplesOf([Float64Array.from({ length: count }, (_, sample) => sample / count)]);
    const outputs = [{ line: 'loans', period: 2023 }];
    const batch = batchOf(engine, aScenario(), { moves: [level], outputs, evaluator });
    const shares: number[] = [];
    const run = batch.run(samples);
    let step = run.next();
    for (; !step.done; step = run.next()) shares.push(step.value);
    const block = BLOCK[evaluator];
    const ends = Array.from({ length: Math.ceil(count / block) }, (_, order) => (order + 1) * block);
    expect(shares).toEqual(ends.map((end) => Math.min(end, count) / count));
    const kept = step.value.columns[0]?.values;
    const streamed = [...batch.blocks(samples)].length;
    expect(streamed).toBe(ends.length);
    for (const sample of [0, 511, 512, 1023, 1024, 1299]) {
      const single = engine.calculate(aScenario({ changes: [{ line: 'growth', set: sample / count }] }));
      expect(kept?.[sample]).toBe(single.value('loans', 2023));
    }
  });

  it('asks for the numbers of a block when it comes to it, and for none after it was stopped', () => {
    const asked: number[] = [];
    const batch = batchOf(engine, aScenario(), {
      moves: [level],
      outputs: [{ line: 'loans', period: 2025 }],
      evaluator,
    });
    for (const block of batch.blocks({ count: 1_000_000, fill: (start) => asked.push(start) })) {
      if (block.start > 0) break;
    }
    expect(asked).toEqual([0, BLOCK[evaluator]]);
  });

  it('settles a cycle in each sample by itself', () => {
    // x = a + x / 2 has x = 2 a
    const looped = aPlan().iteration(100, 1e-13).driver('a', '1').line('x', {}, 'a + x / 2').build();
    const outputs = [{ line: 'x', period: 2022 }];
    const batch = batchOf(buildEngine(looped), aScenario(), {
      moves: [{ line: 'a', effect: 'set' }],
      outputs,
      evaluator,
    });
    const result = finish(batch.run(samplesOf([Float64Array.of(3, -0.25)])));
    expect(valueAt(result, 0, 0)).toBeCloseTo(6, 12);
    expect(valueAt(result, 0, 1)).toBeCloseTo(-0.5, 12);
  });

  it('refuses samples of differing number', () => {
    expect(() => samplesOf([new Float64Array(2), new Float64Array(3)])).toThrow('differ in number');
  });
});
