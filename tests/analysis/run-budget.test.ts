/** What a run costs is told before it: its length from its first part, its memory from its sizes, and what would fit. */
import { describe, expect, it } from 'vitest';
import { buildEngine } from '#engine';
import {
  bytesOfGoal,
  bytesOfIndices,
  bytesOfLeastChange,
  bytesOfSamples,
  bytesOfSlopes,
  bytesOfTable,
  bytesOfTornados,
  holdRun,
  paceOf,
  type Repeats,
} from '#analysis';
import { aPlan, aScenario } from '#tests/builders';

const MINUTE = 60_000;
const GB = 1e9;

describe('the pace of a run', () => {
  it('is what came between two marks, after what it took to make ready', () => {
    // 2 s to make ready, then 4 s: a quarter is done after 3 s
    expect(paceOf({ share: 0.25, ms: 3000 }, { share: 0.75, ms: 5000 })).toEqual({
      ready: 2000,
      whole: 6000,
    });
  });

  it('is not known from too short a stretch, nor where nothing was done', () => {
    expect(paceOf({ share: 0.01, ms: 10 }, { share: 0.03, ms: 409 })).toBeUndefined();
    expect(paceOf({ share: 0.01, ms: 10 }, { share: 0.01, ms: 5000 })).toBeUndefined();
  });
});

/** Samples of a thousand bytes each. */
const samples = (count: number): Repeats => ({
  what: 'samples',
  count,
  times: (one) => one,
  bytes: (one) => 1000 * one,
});
const taking = (whole: number) => ({ ready: 0, whole });

describe('a run', () => {
  it.each([
    ['just under 10 s', 9_999, undefined],
    ['at 10 s', 10_000, false],
    ['at 10 min', 10 * MINUTE, false],
    ['a millisecond above', 10 * MINUTE + 1, true],
    ['ten times above', 100 * MINUTE, true],
  ])('%s', (_, ms, isRefused) => {
    expect(holdRun(0, undefined, taking(ms))?.isRefused).toBe(isRefused);
  });

  it.each([
    ['at 1 GB', GB, undefined],
    ['a byte above', GB + 1, true],
    ['ten times above', 10 * GB, true],
  ])('%s, before anything of it was run', (_, bytes, isRefused) => {
    expect(holdRun(bytes)?.isRefused).toBe(isRefused);
  });

  it('is told with what would fit, in time and in memory', () => {
    // 14 min for a million: 700,000 take 9.8 min
    expect(holdRun(1e9, samples(1_000_000), taking(14 * MINUTE))?.fits).toEqual({
      what: 'samples',
      count: 700_000,
      cost: { ms: 9.8 * MINUTE, bytes: 700_000_000 },
    });
    // 3 GB for three million: one million fits, in less than a minute
    expect(holdRun(3e9, samples(3_000_000), taking(MINUTE))?.fits?.count).toBe(1_000_000);
    // made ready after 11 min: nothing fits
    expect(holdRun(0, samples(1000), { ready: 11 * MINUTE, whole: 12 * MINUTE })?.fits).toBeUndefined();
  });

  it('of a table fits by its sides', () => {
    const table: Repeats = { what: 'levels', count: 200, times: (side) => side * side, bytes: () => 0 };
    // 40,000 cells in 20 min: 100 a side are a quarter of it, 5 min
    expect(holdRun(0, table, taking(20 * MINUTE))?.fits).toMatchObject({
      count: 100,
      cost: { ms: 5 * MINUTE },
    });
  });
});

describe('memory', () => {
  const plan = aPlan().driver('a', '10').driver('b', '20').line('sum', {}, 'a + b').build();
  const distribution = { kind: 'normal', mean: 10, sd: 1 } as const;
  const once = aScenario({ distributions: { a: distribution, b: distribution } });
  const each = aScenario({ distributions: { a: { ...distribution, course: 'each' }, b: distribution } });
  const asked = (scenario: typeof once) => ({ scenario, scenarios: [...plan.scenarios, scenario] });
  const cells = (count: number) => Array.from({ length: count }, () => 0);

  it('of kept numbers grows with samples and cells up to 256 MB, and from there with cells alone', () => {
    const bytes = (count: number, of: number) =>
      bytesOfSamples(plan, { ...asked(once), samples: count, cells: cells(of), method: 'sobol' });
    expect(bytes(1_000_000, 32) - bytes(1_000_000, 0)).toBe(256_000_000);
    expect(bytes(1_000_000, 33)).toBeLessThan(bytes(1_000_000, 32));
    expect(bytes(1_000_000, 66) - bytes(1_000_000, 33)).toBe(bytes(500_000, 99) - bytes(500_000, 66));
  });

  it('of points grows with what is drawn every period', () => {
    const bytes = (scenario: typeof once) => bytesOfSamples(plan, { ...asked(scenario), cells: [] });
    const ahead = plan.periods.last - plan.periods.base;
    // cubes of 625 points and three rows of 512 for each further coordinate
    expect(bytes(each) - bytes(once)).toBe((ahead - 1) * (625 + 3 * 512) * 8);
  });

  /** 10,000 lines over 100 periods; the first lines hang on each other in a chain of `deep`. */
  const largePlan = (deep: number) => {
    const [driver] = plan.lines;
    const sum = plan.lines.at(-1);
    if (!driver || !sum) throw new Error('no line');
    const chain = Array.from({ length: deep }, (_, index) => ({
      ...sum,
      id: `l${index}`,
      formula: index === 0 ? 'a' : `l${index - 1} + a`,
    }));
    const rest = Array.from({ length: 9_999 - deep }, (_, index) => ({
      ...sum,
      id: `r${index}`,
      formula: 'a',
    }));
    return {
      ...plan,
      lines: [driver, ...chain, ...rest],
      targets: [],
      periods: { ...plan.periods, last: plan.periods.first + 99 },
    };
  };

  it('of samples of a plan of 10,000 lines and 100 periods is more than is run', () => {
    const large = largePlan(1);
    const all = [
      bytesOfSamples(large, { ...asked(once), samples: 1, cells: [] }),
      bytesOfIndices(large, { ...asked(once), cells: [0] }),
      bytesOfTable(large, 1, 1),
    ];
    expect(all.map((bytes) => holdRun(bytes)?.isRefused)).toEqual(all.map(() => true));
    expect(holdRun(bytesOfSamples(plan, { ...asked(once), samples: 1_000_000, cells: cells(5) }))).toBe(
      undefined,
    );
  });

  describe('of what is asked of one figure of such a plan is that of the lines that it can depend on', () => {
    const period = plan.periods.first + 99;
    const questions = (deep: number) => {
      const large = largePlan(deep);
      const engine = buildEngine(large);
      const cell = { line: `l${deep - 1}`, period };
      const lever = { line: 'a', min: 0, max: 20 };
      const question = { ...asked(aScenario()), cells: [cell] };
      const target = {
        ...cell,
        comparator: '=',
        value: 10,
        asPrinted: '10',
        source: { section: '1' },
        direction: 'near',
      } as const;
      return {
        tornado: bytesOfTornados(engine, question),
        slopes: bytesOfSlopes(engine, question),
        goal: bytesOfGoal(engine, { ...question, cell, lever, value: 10 }),
        leastChange: bytesOfLeastChange(engine, {
          ...question,
          targets: [{ target }],
          drivers: [{ lever }],
          bareFigures: 'equal',
        }),
      };
    };
    const few = questions(5);
    const many = questions(2000);

    it.each(['tornado', 'slopes', 'goal', 'leastChange'] as const)('%s', (what) => {
      expect([holdRun(few[what]), holdRun(many[what])]).toEqual([undefined, undefined]);
      // 1,995 lines of 100 periods, at 500 bytes a cell and more
      expect(many[what] - few[what]).toBeGreaterThanOrEqual(1995 * 100 * 500);
    });
  });
});
