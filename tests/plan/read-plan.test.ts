/** A plan document is believed only when it is whole: every mistake is named with its place. */
import { describe, expect, it } from 'vitest';
import { readPlan, readScenario, type Plan } from '#plan';
import { aPlan } from '#tests/builders';

const good = () =>
  JSON.parse(
    JSON.stringify(
      aPlan()
        .driver('growth', '10%')
        .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
        .target('loans', 150)
        .build(),
    ),
  ) as Record<string, never> & Plan;

/** Where in a document: `['lines', 0, 'id']`. */
type Path = readonly (string | number)[];

/** The codes and places of what is wrong with the document after one value is replaced; undefined takes it away. */
function problemsAfter(path: Path, value: unknown): string[] {
  const plan: unknown = good();
  let holder = plan as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true });
  const read = readPlan(plan);
  return read.ok ? [] : read.problems.map((problem) => `${problem.code} ${problem.place.path ?? ''}`.trim());
}

it('accepts a good one, and gives back nothing of the input object', () => {
  const json = good();
  const read = readPlan(json);
  expect(read.ok && read.value).toEqual(json);
  expect(read.ok && read.value).not.toBe(json);
});

const figure = good().lines[1]?.figures?.[0];
const loop = [
  { id: 'a', name: { zh: 'a', en: 'a' }, basedOn: 'b' },
  { id: 'b', name: { zh: 'b', en: 'b' }, basedOn: 'a' },
];

describe('what is refused', () => {
  it.each<[string, Path, unknown, string[]]>([
    ['a newer format', ['format'], 2, ['plan_newer_format format']],
    ['an unknown key', ['lines', 0, 'colour'], 'red', ['plan_key_unknown lines[0].colour']],
    ['a key that would reach a prototype', ['__proto__'], { x: 1 }, ['plan_key_unknown __proto__']],
    [
      'text for a number',
      ['lines', 1, 'figures', 0, 'value'],
      '100',
      ['plan_shape lines[1].figures[0].value'],
    ],
    ['no number at all', ['targets', 0, 'value'], null, ['plan_shape targets[0].value']],
    ['an id that is no id', ['lines', 0, 'id'], 'Loan Growth', ['plan_shape lines[0].id']],
    ['an id that formulas need', ['lines', 0, 'id'], 'base', ['plan_reserved_id lines[0].id']],
    ['an id of every object', ['lines', 0, 'id'], 'constructor', ['plan_reserved_id lines[0].id']],
    [
      'two lines of one id',
      ['lines', 1, 'id'],
      'growth',
      ['plan_duplicate_id lines[1].id', 'plan_unknown_reference targets[0]'],
    ],
    ['an unknown unit', ['lines', 1, 'unit'], '斤', ['plan_unknown_unit lines[1].unit']],
    [
      'a figure after the base',
      ['lines', 1, 'figures', 0, 'period'],
      2021,
      ['plan_figure_after_base lines[1].figures[0]'],
    ],
    [
      'a figure off the calendar',
      ['lines', 1, 'figures', 0, 'period'],
      2010,
      ['plan_period_outside lines[1].figures[0]'],
    ],
    [
      'two figures for a period',
      ['lines', 1, 'figures'],
      [figure, figure],
      ['plan_two_figures lines[1].figures[1]'],
    ],
    [
      'a result without a formula',
      ['lines', 1, 'formula'],
      undefined,
      ['plan_formula_missing lines[1].formula'],
    ],
    ['a driver without a lever', ['lines', 0, 'lever'], undefined, ['plan_lever_missing lines[0].lever']],
    ['a range without its end', ['targets', 0, 'comparator'], 'range', ['plan_shape targets[0]']],
    [
      'a printed figure without its source',
      ['lines', 1, 'figures', 0, 'origin'],
      'printed',
      ['plan_shape lines[1].figures[0]'],
    ],
    [
      'a source that is not listed',
      ['targets', 0, 'source'],
      { table: 'box', row: 'a', column: 'b' },
      ['plan_unknown_reference targets[0]'],
    ],
    [
      'scenarios that build on each other in a circle',
      ['scenarios'],
      loop,
      ['plan_scenario_loop scenarios[0].basedOn', 'plan_scenario_loop scenarios[1].basedOn'],
    ],
    [
      'a circle through stacks',
      ['scenarios'],
      [
        { id: 'a', name: { zh: 'a', en: 'a' }, stack: ['c', 'b'] },
        { id: 'b', name: { zh: 'b', en: 'b' }, basedOn: 'a' },
        { id: 'c', name: { zh: 'c', en: 'c' } },
      ],
      ['plan_scenario_loop scenarios[0].stack[1]', 'plan_scenario_loop scenarios[1].basedOn'],
    ],
    [
      'a stack of what is not there',
      ['scenarios', 0, 'stack'],
      ['nowhere'],
      ['plan_unknown_reference scenarios[0].stack[0]'],
    ],
    [
      'a distribution of a line that is not there',
      ['scenarios', 0, 'distributions'],
      { nothing: { kind: 'uniform', low: 0, high: 1 } },
      ['plan_unknown_reference scenarios[0].distributions'],
    ],
    [
      'a correlation with a line that is not there',
      ['scenarios', 0, 'correlations'],
      [{ lines: ['nothing', 'nowhere'], rank: 0.5 }],
      [
        'plan_unknown_reference scenarios[0].correlations[0]',
        'plan_unknown_reference scenarios[0].correlations[0]',
      ],
    ],
    [
      'a correlation of the plan with a line that is not there',
      ['correlations'],
      [{ lines: ['nothing', 'loans'], rank: 0.5 }],
      ['plan_unknown_reference correlations[0]'],
    ],
  ])('%s', (_, path, value, problems) => expect(problemsAfter(path, value)).toEqual(problems));

  it.each([[null], [[]], ['plan'], [42]])('%j, which is no object', (json) => {
    expect(readPlan(json)).toMatchObject({ ok: false, problems: [{ code: 'plan_not_object' }] });
  });
});

describe('a scenario', () => {
  const plan = good();
  const scenario = { id: 'mine', name: { zh: '我的', en: 'Mine' }, basedOn: 'plan' };
  it.each<[string, object, string]>([
    ['of another plan’s line', { changes: [{ line: 'deposits', set: 1 }] }, 'plan_unknown_reference'],
    ['beyond the calendar', { values: { loans: { 2050: 1 } } }, 'plan_period_outside'],
    ['with a change that says nothing', { changes: [{ line: 'loans' }] }, 'plan_shape'],
    ['on a base that is not there', { basedOn: 'nowhere' }, 'plan_unknown_reference'],
  ])('%s is refused', (_, overlay, code) => {
    expect(readScenario({ ...scenario, ...overlay }, plan)).toMatchObject({
      ok: false,
      problems: [{ code }],
    });
  });
  it('is accepted when everything in it is known', () => {
    expect(readScenario({ ...scenario, changes: [{ line: 'growth', from: 2021, set: 0.05 }] }, plan).ok).toBe(
      true,
    );
  });
});
