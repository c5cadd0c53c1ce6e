/** Functions with a fast form are held to their one definition, to the bit: a sample at a time and two at a time. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchOf, buildEngine, finish, lookAt, samplesOf } from '#engine';
import { aPlan, aScenario } from '#tests/builders';

/** Samples of each formula; `RUNS=100000` for a long run. */
const numRuns = Number(process.env['RUNS'] ?? 400);

const FORMULAS = [
  ...['INT(x)', 'TRUNC(x)', 'TRUNC(x, 3)', 'ROUND(x, 2)', 'ROUND(x, -2)', 'ROUNDUP(x, 0)', 'ROUNDUP(x, 2)'],
  ...['ROUNDUP(x, -3)', 'ROUNDDOWN(x, 1)', 'ROUNDDOWN(x, -1)', 'MOD(x, y)', 'MOD(x, 0.1)', 'MOD(x, -3)'],
  ...['LOG(x)', 'LOG(x, 10)', 'LOG10(x)', 'LOG(x, 2)', 'LOG(x, 0.5)', 'LN(x)'],
  ...['STEP(x, y)', 'STEP(x, 2021)', 'RAMP(x, y)', 'RAMP(x, y, z)', 'RAMP(x, 2019, 2020)', 'PULSE(x, y, z)'],
  ...['MEDIAN(x, y)', 'MEDIAN(x, y, z)', 'MEDIAN(x, y, z, 1, 0.5, x * y)'],
  ...['x / 4 * 1 - 0', '(x - 0) / 1 + 2 * 3', 'x ^ (1 / (t - base))'],
];

const lines = FORMULAS.map((formula, order) => ({ id: `f${order}`, formula }));
const plan = lines
  .reduce(
    (so, { id, formula }) => so.line(id, {}, formula),
    aPlan().driver('x', '1').driver('y', '1').driver('z', '1'),
  )
  .build();
const engine = buildEngine(plan);
const PERIOD = 2021;

/** Numbers on which roundings turn: short decimals, halves, whole ones, years, and whatever else there is. */
const number = fc.oneof(
  fc.integer({ min: -3000, max: 3000 }),
  fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 5 }))
    .map(([a, b]) => a / 10 ** b),
  fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 }))
    .map(([a, b]) => (a / 10) * (b / 10)),
  fc.integer({ min: 2017, max: 2026 }),
  fc.integer({ min: -1070, max: 1020 }).map((power) => 2 ** power),
  fc.double({ min: -50, max: 50, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 1e12, 999_999_999_999.5, 1e15, 1e-300, -1e300, 125, 1000, 0.1, 5.1),
);
const sample = fc.tuple(number, number, number);

describe('a function with a fast form', () => {
  it.each(lines)('has one: $formula', ({ id }) => {
    expect(lookAt(plan, aScenario(), id, PERIOD)).not.toContain('no fast form');
  });

  it('gives the bits of its definition, two samples at a time', () => {
    const moves = ['x', 'y', 'z'].map((line) => ({ line, effect: 'set' as const }));
    const outputs = lines.map(({ id }) => ({ line: id, period: PERIOD }));
    const [fast, plain] = (['compiled', 'interpreted'] as const).map((evaluator) =>
      batchOf(engine, aScenario(), { moves, outputs, evaluator }),
    );
    const samples = fc.sample(sample, numRuns);
    const columns = samplesOf([0, 1, 2].map((of) => Float64Array.from(samples, (one) => one[of] as number)));
    const [got, wanted] = [finish(fast!.run(columns)), finish(plain!.run(columns))];
    lines.forEach(({ formula }, output) => {
      const differing = samples.filter((_, at) => {
        const [a, b] = [got.columns[output]!, wanted.columns[output]!];
        return !Object.is(a.values[at], b.values[at]) || (a.status[at] === 0) !== (b.status[at] === 0);
      });
      expect({ formula, differing }).toEqual({ formula, differing: [] });
    });
  });

  it('and one at a time', () => {
    const compiled = engine.calculate(aScenario(), [], engine.compileLinesNow());
    const reference = engine.calculate(aScenario());
    fc.assert(
      fc.property(sample, (numbers) => {
        const changes = ['x', 'y', 'z'].map((line, of) => ({ line, set: numbers[of] as number }));
        for (const one of [compiled, reference]) engine.revise(one, { ...aScenario(), changes });
        for (const { id } of lines) expect(compiled.series(id)).toEqual(reference.series(id));
      }),
      { numRuns },
    );
  });
});
