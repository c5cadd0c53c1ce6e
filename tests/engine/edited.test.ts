/** The engine of a plan after an edit is the one that would be built from nothing, but reads and compiles what the edit touched. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildEngine, type CompiledLines, type Engine } from '#engine';
import type { Line, Plan } from '#plan';
import { aPlan, aScenario } from '#tests/builders';
import { aFormula, plans } from './random-plans.ts';

/** Replaces a line of a plan. */
function withLine(plan: Plan, number: number, change: (line: Line) => Line): Plan {
  return { ...plan, lines: plan.lines.with(number, change(plan.lines[number] as Line)) };
}

/** An id that no line has: after a removal the number of lines alone would give one twice. */
function freshId({ lines }: Plan): string {
  const taken = new Set(lines.map(({ id }) => id));
  let number = lines.length;
  while (taken.has(`fresh_${number}`)) number += 1;
  return `fresh_${number}`;
}

/** Names that other lines have, had or may have, or that begin like one, so that formulas come to mean something else. */
const NAMES = ['line_1', 'line_2', 'line_10', 'line', 'sum', 'x', 'line_0 / line_1'];

/** Edits of a plan; numbers that are too large mean the last line. */
const edit: fc.Arbitrary<(plan: Plan) => Plan> = fc
  .tuple(
    fc.nat(9),
    fc.nat(9),
    aFormula,
    fc.constantFrom('', '亿元', '万元', '%'),
    fc.constantFrom(...NAMES),
    fc.nat(7),
  )
  .map(([first, second, formula, unit, name, kind]) => (plan: Plan): Plan => {
    const last = plan.lines.length - 1;
    const [at, to] = [Math.min(first, last), Math.min(second, last)];
    const line = plan.lines[at] as Line;
    const id = freshId(plan);
    const fresh: Line = { ...line, id, name: { zh: name, en: name }, formula };
    switch (kind) {
      case 0:
        return withLine(plan, at, (one) => ({ ...one, formula }));
      case 1:
        return withLine(plan, at, (one) => ({ ...one, unit }));
      case 2:
        return withLine(plan, at, (one) => ({ ...one, name: { ...one.name, en: name } }));
      case 3:
        return { ...plan, lines: plan.lines.toSpliced(to, 0, fresh) };
      case 4:
        return { ...plan, lines: [...plan.lines, fresh] };
      case 5:
        return last === 0 ? plan : { ...plan, lines: plan.lines.toSpliced(at, 1) };
      case 6:
        return { ...plan, lines: plan.lines.toSpliced(at, 1).toSpliced(to, 0, line) };
      default:
        return { ...plan, periods: { ...plan.periods, last: plan.periods.last + (first % 2) } };
    }
  });

it('whatever the edits, it has the values and problems of one that is built anew', () => {
  fc.assert(
    fc.property(plans, fc.array(edit, { minLength: 1, maxLength: 4 }), (first, edits) => {
      let plan = first;
      let engine = buildEngine(plan);
      let lines: CompiledLines = engine.compileLinesNow();
      for (const change of edits) {
        plan = change(plan);
        engine = engine.edited(plan);
        const fresh = buildEngine(plan);
        expect(engine.problems).toEqual(fresh.problems);
        lines = engine.linesAfter(lines) ?? engine.compileLinesNow(lines);
        const [got, wanted] = [engine.calculate(aScenario(), [], lines), fresh.calculate(aScenario(), [])];
        for (const { id } of plan.lines) expect(got.series(id)).toEqual(wanted.series(id));
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 300) },
  );
});

describe('an edit', () => {
  const plan = aPlan()
    .driver('growth', '10%')
    .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元' })
    .line('fees', {}, 'loans * 2%', { unit: '亿元' })
    .line('share', {}, 'fees / loans', { unit: '%' })
    .line('count', {}, '5')
    .build();
  const before = buildEngine(plan);

  /** How many formulas an edit has had read, and how many lines compiled. */
  function costOf(change: (engine: Engine) => Plan): [read: number, compiled: number] {
    const lines = before.compileLinesNow();
    expect(lines.compiled).toBe(5);
    const engine = before.edited(change(before));
    expect(engine.linesAfter(lines)).toBe(lines);
    return [engine.formulasRead, lines.compiled - 5];
  }
  const LOANS = 1;

  it('of a formula reads and compiles this one', () => {
    expect(costOf(() => withLine(plan, LOANS, (line) => ({ ...line, formula: 'loans[t-1] + 7' })))).toEqual([
      1, 1,
    ]);
  });

  it('of a figure or a title reads none', () => {
    expect(costOf(() => withLine(plan, LOANS, (line) => ({ ...line, figures: [] })))).toEqual([0, 0]);
    expect(costOf(() => ({ ...plan, title: { zh: 'x', en: 'x' } }))).toEqual([0, 0]);
  });

  it('of a unit reads the line and those that read it', () => {
    expect(costOf(() => withLine(plan, LOANS, (line) => ({ ...line, unit: '万元' })))).toEqual([3, 2]);
  });

  it('that adds a line at the end reads this one, and one further up numbers the others anew', () => {
    const [, , , share] = plan.lines;
    const fresh: Line = {
      ...(share as Line),
      id: 'half',
      name: { zh: '一半', en: 'half' },
      formula: 'loans / 2',
    };
    expect(costOf(() => ({ ...plan, lines: [...plan.lines, fresh] }))).toEqual([1, 1]);
    expect(costOf(() => ({ ...plan, lines: plan.lines.toSpliced(2, 0, fresh) }))).toEqual([1, 1]);
  });

  it('of a name reads the formulas in which it stands', () => {
    expect(
      costOf(() => withLine(plan, 2, (line) => ({ ...line, name: { zh: '费用', en: 'Fees paid' } }))),
    ).toEqual([1, 0]);
  });

  it('of a scenario’s formula compiles this one, once', () => {
    const lines = before.compileLinesNow();
    const calculation = before.calculate(aScenario(), plan.scenarios, lines);
    const formula = (text: string) => aScenario({ changes: [{ line: 'fees', formula: text }] });
    for (const text of ['loans * 3%', 'loans * 4%', 'loans * 3%']) before.revise(calculation, formula(text));
    expect(lines.compiled).toBe(5);
    expect(calculation.value('fees', 2021)).toBeCloseTo(3.3, 12);
  });
});
