/** Formulas are shown in the reader's language so that what is shown can be typed again; names and signatures help. */
import { describe, expect, it } from 'vitest';
import { parseFormula, printExpression } from '#formula';
import { buildEngine } from '#engine';
import { callAround, completionsAt, formulaInWords, referenceTo } from '#session';
import { aPlan } from '../helpers/builders.ts';
import { loadPlan, planIds } from '../helpers/plans.ts';

const plan = aPlan()
  .line('loans', {}, undefined, { name: { zh: '贷款余额', en: 'Loans' } })
  .line('green_loans', {}, undefined, { name: { zh: '绿色贷款余额', en: 'Green loans' } })
  .line('gdp', {}, undefined, { name: { zh: '地区生产总值', en: 'GDP' } })
  .build();
const { names } = buildEngine(plan);
const context = { names, periods: plan.periods };

const offered = (text: string, language: 'zh' | 'en' = 'zh', caret = text.length) =>
  completionsAt(text, caret, plan.lines, context, language).map((one) => one.text);

describe.each(planIds)('the formulas of %s', (id) => {
  const shipped = loadPlan(id);
  const engine = buildEngine(shipped);
  const within = { names: engine.names, periods: shipped.periods };
  const meaning = (text: string) => {
    const parsed = parseFormula(text, within);
    return parsed.ok
      ? printExpression(parsed.formula.expression, { names: engine.names, language: 'id' })
      : parsed.problem;
  };
  const formulas = [
    ...shipped.lines.flatMap((line) => line.formula ?? []),
    ...shipped.scenarios
      .flatMap((one) => one.changes ?? [])
      .flatMap((change) => ('formula' in change ? [change.formula] : [])),
  ];

  it.each(['zh', 'en'] as const)('mean the same when they are typed as shown in %s', (language) => {
    for (const formula of formulas)
      expect(meaning(formulaInWords(formula, within, language))).toEqual(meaning(formula));
  });
});

describe('completion', () => {
  it('finds lines by both names and the id, names that begin so first', () => {
    expect(offered('=贷款')).toEqual(['贷款余额', '绿色贷款余额']);
    expect(offered('=1 + green')).toEqual(['绿色贷款余额']);
    expect(offered('=gr', 'en')).toEqual(['Green loans', 'GROWTH(']);
  });

  it('takes the place of the word before the caret only', () => {
    const [first] = completionsAt('=2*地区 + 1', 5, plan.lines, context, 'zh');
    expect(first).toMatchObject({ text: '地区生产总值', from: 3, to: 5 });
  });

  it('offers functions with their signatures', () => {
    const [first] = completionsAt('=pm', 3, plan.lines, context, 'zh');
    expect(first).toMatchObject({
      kind: 'function',
      text: 'PMT(',
      label: 'PMT(rate, nper[, pv][, fv][, type])',
    });
  });

  it('offers nothing for numbers, addresses, and a name that is written out', () => {
    for (const text of ['贷款', '=', '=12', '=8.5%', '=C12', '=地区生产总值'])
      expect(offered(text)).toEqual([]);
  });
});

describe('the call around the caret', () => {
  it('is told with the argument that is written', () => {
    expect(callAround('=PMT(1, 2, ', 11)).toEqual({
      signature: 'PMT(rate, nper[, pv][, fv][, type])',
      argument: 2,
    });
  });

  it('is the innermost that is still open', () => {
    expect(callAround('=SUM(PMT(1, 2), ', 16)).toMatchObject({ argument: 1 });
    expect(callAround('=SUM(PMT(1', 10)?.signature).toContain('PMT');
    expect(callAround('=SUM(1)', 7)).toBeUndefined();
    expect(callAround('=(1 + ', 6)).toBeUndefined();
  });
});

it('writes a reference as the period needs it', () => {
  expect(referenceTo('loans', 2021, 2021, context, 'zh')).toBe('贷款余额');
  expect(referenceTo('loans', 2020, 2021, context, 'en')).toBe('Loans[t-1]');
  expect(referenceTo('loans', 2023, 2021, context, 'zh')).toBe('贷款余额[t+2]');
});
