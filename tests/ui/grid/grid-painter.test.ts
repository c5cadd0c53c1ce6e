/** After a recalculation only the cells that changed are painted; what changed its value glows. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wordsIn } from '#words';
import { formatNumber } from '#quantity';
import { gridViewOf } from '#session';
import type { AppContext } from '../../../src/ui/_shared/app-context.svelte.ts';
import { GridPainter } from '../../../src/ui/grid/grid-painter.ts';
import { allRows, shownColumns, shownRows } from '../../../src/ui/grid/grid-rows.ts';
import { aPlan } from '../../helpers/builders.ts';
import { anAppSession } from '../../helpers/app-session.ts';
import { openSession } from '../../helpers/sessions.ts';

const plan = aPlan()
  .periods(2019, 2020, 2022)
  .driver('growth', '10%', { unit: '%', decimals: 1 })
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { decimals: 1, unit: '亿元' })
  .line('other', { 2020: 5 }, 'other[t-1]')
  .target('loans', 121, { comparator: '>=' })
  .build();
const periods = [2019, 2020, 2021, 2022];

async function aPaintedGrid() {
  const { session } = await openSession(plan);
  const words = wordsIn('zh');
  const app: AppContext = {
    app: anAppSession([]),
    words,
    language: 'zh',
    name: (text) => text.zh,
    number: (value, unit, options = {}) => formatNumber(value, { unit, language: 'zh', ...options }),
  };
  const shown = {
    rows: shownRows(allRows(plan, new Set())),
    columns: shownColumns(plan, periods, new Set(), false),
  };
  const painter = new GridPainter(session, gridViewOf(session), app);
  painter.show(shown);
  const cells = shown.rows.map(() => shown.columns.map(() => document.createElement('td')));
  cells.forEach((row, index) => row.forEach((cell, column) => painter.paint(cell, index, column)));
  const touched = new Set<string>();
  const paint = painter.paint.bind(painter);
  painter.paint = (cell, row, column) => {
    touched.add(`${row} ${column}`);
    paint(cell, row, column);
  };
  const refresh = () => {
    touched.clear();
    const all = (count: number) => ({ from: 0, to: count - 1 });
    painter.refresh(
      all(shown.rows.length),
      all(shown.columns.length),
      (row, column) => cells[row]?.[column] ?? null,
    );
    return [...touched];
  };
  const texts = (row: number) => cells[row]?.map((cell) => cell.textContent);
  return { session, cells, refresh, texts };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the painter', () => {
  it('writes names, units, figures, target and status', async () => {
    const { texts, cells } = await aPaintedGrid();
    expect(texts(1)?.slice(0, 6)).toEqual(['growth', '%', '', '', '10.0%', '10.0%']);
    expect(texts(2)?.slice(0, 8)).toEqual(['loans', '亿元', '', '100.0', '110.0', '121.0', '≥ 121', '✓']);
    expect(cells[2]?.[7]).toHaveAttribute('aria-label', '达成');
    expect(texts(0)?.[6]).toBe('1/1 达成');
  });

  it('touches only what a lever moved', async () => {
    const { session, cells, refresh, texts } = await aPaintedGrid();
    session.moveLever('growth', 0.05);
    const touched = refresh();
    expect(touched.filter((place) => place.startsWith('3 '))).toEqual([]);
    expect(touched).not.toContain('2 3');
    expect(texts(2)?.slice(4, 8)).toEqual(['105.0', '110.3', '≥ 121', '✗']);
    expect(cells[1]?.[4]).toHaveAttribute('data-marks', 'input override');
    expect(refresh().filter((place) => !place.startsWith('0 '))).toEqual([]);
  });

  it('lets what changed its value glow once and fade', async () => {
    const { session, cells, refresh } = await aPaintedGrid();
    session.moveLever('growth', 0.05);
    refresh();
    const cell = cells[2]?.[4];
    expect(cell).toHaveAttribute('data-glow', 'on');
    expect(cells[3]?.[4]).not.toHaveAttribute('data-glow');
    vi.advanceTimersByTime(100);
    expect(cell).toHaveAttribute('data-glow', 'fading');
    vi.advanceTimersByTime(600);
    expect(cell).not.toHaveAttribute('data-glow');
  });

  it('marks a number that was typed without changing the value, and does not glow', async () => {
    const { session, cells, refresh } = await aPaintedGrid();
    session.enter([{ line: 'growth', period: 2021, text: '10%' }]);
    refresh();
    expect(cells[1]?.[4]).toHaveAttribute('data-marks', 'input override');
    expect(cells[1]?.[4]).not.toHaveAttribute('data-glow');
  });
});
