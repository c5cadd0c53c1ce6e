/** How a cell is told apart from its neighbours, and the small drawing at the end of its row. */
import { describe, expect, it } from 'vitest';
import type { Rule } from '#engine';
import { lookOf, type CellFacts } from '../../../src/ui/grid/cell-look.ts';
import { drawSparkline, strokesOf } from '../../../src/ui/grid/sparkline.ts';
import { aPlan } from '../../helpers/builders.ts';

const [line, driver] = aPlan().line('loans').driver('growth', '10%').build().lines;
if (!line || !driver) throw new Error('the plan has two lines');

const rule = (base: Rule['base'], transforms: Rule['transforms'] = []): Rule => ({ base, transforms });
const facts = (more: Partial<CellFacts>): CellFacts => ({
  line,
  value: 1,
  rule: rule({ kind: 'formula', text: '1' }),
  isForecast: true,
  isChanged: false,
  isUncertain: false,
  isRefused: false,
  ...more,
});
const marks = (more: Partial<CellFacts>) => lookOf(facts(more), String).marks;
const figure = (origin: 'printed' | 'derived' | 'assumed') =>
  rule({ kind: 'figure', value: 1, figure: { period: 2020, value: 1, origin } });

describe('a cell', () => {
  it('of an uncertain driver says so beside what decides it', () => {
    expect(marks({ line: driver, isUncertain: true })).toEqual(['input', 'uncertain']);
    expect(marks({ line: driver, isUncertain: true, isChanged: true })).toEqual([
      'input',
      'override',
      'uncertain',
    ]);
  });

  it('of a formula bears no mark', () => expect(marks({})).toEqual([]));

  it.each(['printed', 'derived', 'assumed'] as const)('with a %s figure says so', (origin) => {
    expect(marks({ rule: figure(origin), isForecast: false })).toEqual([origin]);
  });

  it('of a driver is an input in the forecast only', () => {
    expect(marks({ line: driver })).toEqual(['input']);
    expect(marks({ line: driver, isForecast: false, value: null })).toEqual([]);
  });

  it('that the scenario itself sets differs from one that its base sets', () => {
    const set = rule({ kind: 'override', value: 1, scenario: 'own' });
    expect(marks({ rule: set, isChanged: true })).toEqual(['override']);
    expect(marks({ rule: set })).toEqual(['inherited']);
    expect(
      marks({ rule: rule({ kind: 'formula', text: '1' }, [{ kind: 'add', by: 1, scenario: 'base' }]) }),
    ).toEqual(['inherited']);
  });

  it('with an actual shows that and nothing else', () => {
    expect(
      marks({ line: driver, rule: rule({ kind: 'actual', value: 1, scenario: 'own' }), isChanged: true }),
    ).toEqual(['actual']);
  });

  it('without a number is empty, and with a failure shows its code', () => {
    expect(lookOf(facts({ value: null }), String).text).toBe('');
    const value = { kind: 'failure', code: '#DIV/0!', reason: 'divide_by_zero', args: {} } as const;
    expect(lookOf(facts({ value }), String)).toEqual({ text: '#DIV/0!', marks: ['failed'] });
  });
});

describe('a sparkline', () => {
  it('joins history and forecast at the base', () => {
    const { history, forecast } = strokesOf({ values: [0, 1, 2], base: 1 });
    expect(history).toBe('M4 16L44 10');
    expect(forecast).toBe('M44 10L84 4');
  });

  it('has the target in its scale', () => {
    const { forecast, diamond } = strokesOf({ values: [0, 1], base: 0, target: { index: 1, value: 2 } });
    expect(forecast).toBe('M4 16L84 10');
    expect(diamond).toMatch(/^M84 1l/);
  });

  it('draws what hardly moves as level, and nothing for nothing', () => {
    expect(strokesOf({ values: [100, 100.001], base: 0 }).forecast).toBe('M4 10L84 10');
    expect(strokesOf({ values: [0, 0], base: 0 }).forecast).toBe('M4 10L84 10');
    expect(strokesOf({ values: [null, null], base: 0, target: { index: 1, value: 1 } })).toMatchObject({
      forecast: '',
      diamond: '',
    });
  });

  it('is changed in place', () => {
    const cell = document.createElement('td');
    drawSparkline(cell, { values: [0, 1], base: 0 });
    const drawn = cell.firstChild;
    drawSparkline(cell, { values: [1, 0], base: 0 });
    expect(cell.firstChild).toBe(drawn);
    expect(cell.querySelector('.spark-forecast')).toHaveAttribute('d', 'M4 4L84 16');
  });
});
