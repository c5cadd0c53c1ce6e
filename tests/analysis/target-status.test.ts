/** Where a target stands: compared at the precision that was printed, in the direction in which it was read. */
import { describe, expect, it } from 'vitest';
import { PLAIN, parseUnit } from '#quantity';
import { atOnce, type Target } from '#plan';
import { buildEngine } from '#engine';
import { analysisJobs, findRisk, isMet, targetResult, targetResults } from '#analysis';
import { aPlan, aScenario } from '#tests/builders';

const target = (more: Partial<Target>): Target => ({
  line: 'x',
  period: 2025,
  comparator: '=',
  value: 100,
  asPrinted: '100',
  source: { section: 'test' },
  direction: 'atLeast',
  ...more,
});
const percent = parseUnit('%') ?? PLAIN;

describe('is met at the printed precision', () => {
  it.each<[string, Partial<Target>, number, boolean]>([
    ['a bare figure is reached', {}, 100, true],
    ['99.6 is printed as 100', {}, 99.6, true],
    ['99.4 is printed as 99', {}, 99.4, false],
    ['more is more than enough', {}, 150, true],
    ['99.96 is printed as 100.0', { asPrinted: '100.0' }, 99.96, true],
    ['99.94 is printed as 99.9', { asPrinted: '100.0' }, 99.94, false],
    ['a ceiling holds below', { direction: 'atMost' }, 100.4, true],
    ['a ceiling breaks above', { direction: 'atMost' }, 100.6, false],
    ['about is near within the printed digit', { direction: 'near', comparator: 'about' }, 100.4, true],
    ['about is missed beyond it', { direction: 'near', comparator: 'about' }, 101, false],
    ['about widens by its tolerance', { direction: 'near', comparator: 'about', tolerance: 5 }, 104.9, true],
    ['and no further', { direction: 'near', comparator: 'about', tolerance: 5 }, 106, false],
    ['a range holds at its lower end', { direction: 'near', comparator: 'range', upTo: 110 }, 99.5, true],
    ['a range holds at its upper end', { direction: 'near', comparator: 'range', upTo: 110 }, 110.4, true],
    ['a range breaks above', { direction: 'near', comparator: 'range', upTo: 110 }, 110.6, false],
    [
      'a precision that is stated comes first',
      { asPrinted: '1.2万亿元', value: 12000, precision: 1000 },
      11_600,
      true,
    ],
  ])('%s', (_, more, projected, met) => expect(isMet(target(more), projected, PLAIN)).toBe(met));

  it.each([
    [0.01549, true],
    [0.0155, false],
  ])('1.5左右 is compared in tenths of a percent: %f', (projected, met) => {
    expect(isMet(target({ value: 0.015, asPrinted: '1.5左右', direction: 'near' }), projected, percent)).toBe(
      met,
    );
  });
});

describe('a target in a scenario', () => {
  const plan = aPlan()
    .driver('growth', '10%')
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
    .line('ratio', { 2020: 0.5 }, 'ratio[t-1] + 0.01', { unit: '%' })
    .line('unknown')
    .target('loans', 150)
    .target('loans', 200)
    .target('loans', 162, { direction: 'atMost' })
    .target('ratio', 0.6, { asPrinted: '60' })
    .target('unknown', 5)
    .build();
  const engine = buildEngine(plan);
  const calculation = engine.calculate(aScenario());
  const [low, high, ceiling, ratio, unknown] = targetResults(engine, calculation);

  it('has a projection, a gap and a status', () => {
    expect(low).toMatchObject({ status: 'met', lastActual: 2020 });
    expect(low?.projected).toBeCloseTo(161.051, 9);
    expect(low?.gap).toBeCloseTo(11.051, 9);
    expect(high).toMatchObject({ status: 'missed' });
    expect(high?.gap).toBeCloseTo(-38.949, 9);
  });

  it('needs a growth from the last actual', () => {
    // (200 / 100)^(1/5) − 1
    expect(high?.requiredGrowth).toBeCloseTo(0.148698354997035, 12);
    expect(high?.requiredChange).toBeCloseTo(20, 12);
  });

  it('needs points, not growth, where it is a ratio', () => {
    expect(ratio?.requiredGrowth).toBeNull();
    expect(ratio?.requiredChange).toBeCloseTo(0.02, 12);
  });

  it('counts from an actual once there is one', () => {
    const later = engine.calculate(aScenario({ actuals: { loans: { 2022: 110 } } }));
    const result = targetResult(engine, later, plan.targets[1] as Target);
    expect(result.lastActual).toBe(2022);
    expect(result.requiredGrowth).toBeCloseTo((200 / 110) ** (1 / 3) - 1, 12);
  });

  it('says in which year it is reached', () => {
    // 110, 121, 133.1, 146.41, 161.05: 150 first in 2025
    expect(low?.reached).toBe(2025);
    expect(high?.reached).toBeNull();
  });

  it('cannot be judged without a number, which is not a miss', () => {
    expect(unknown).toMatchObject({ status: 'unknown', gap: null, projected: null });
  });

  it('is at risk when one step of its most influential driver would break it', () => {
    // one point less growth: 1.09^5 = 153.86 still reaches 150; one point more breaks the ceiling of 162
    const results = atOnce(
      findRisk(engine, targetResults(engine, calculation), {
        scenario: aScenario(),
        scenarios: plan.scenarios,
      }),
    );
    expect(results.map((result) => result.status)).toEqual(['met', 'missed', 'atRisk', 'missed', 'unknown']);
    expect(results[0]?.mostInfluential).toBe('growth');
    expect(ceiling?.status).toBe('met');
  });

  it('is found alike when it is asked off the page', async () => {
    const asked = { scenario: aScenario(), scenarios: plan.scenarios };
    const atOnceFound = atOnce(findRisk(engine, targetResults(engine, calculation), asked));
    const work = analysisJobs.risk(engine, asked);
    let step = await work.next();
    while (step.done !== true) step = await work.next();
    expect(step.value).toEqual(
      atOnceFound.map(({ status, mostInfluential }) => ({
        status,
        ...(mostInfluential !== undefined && { mostInfluential }),
      })),
    );
    expect(step.value.map(({ status }) => status)).toContain('atRisk');
  });
});
