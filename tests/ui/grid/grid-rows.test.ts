/** Which rows and columns the grid shows, and that an address means the same cell however much is folded. */
import { describe, expect, it } from 'vitest';
import type { Plan } from '#plan';
import {
  addressOf,
  allRows,
  emptyPast,
  lettersOf,
  sheetOf,
  shownColumns,
  shownRows,
} from '../../../src/ui/grid/grid-rows.ts';
import { aPlan } from '../../helpers/builders.ts';

const built = aPlan()
  .periods(2015, 2020, 2022)
  .line('a', { 2015: 1, 2020: 2 }, undefined, { section: 'first' })
  .line('b', {}, 'a * 2', { section: 'first' })
  .line('c', { 2018: 3 }, undefined, { section: 'second' })
  .target('b', 5)
  .build();
const name = (text: string) => ({ zh: text, en: text });
const plan: Plan = {
  ...built,
  sections: ['first', 'none', 'second'].map((id) => ({ id, name: name(id) })),
};
const periods = [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022];

const labels = (folded: string[]) =>
  shownRows(allRows(plan, new Set(folded))).map(
    (row) => `${row.number} ${row.kind === 'line' ? row.line.id : row.section.id}`,
  );

const columns = (isPastShown: boolean) =>
  shownColumns(plan, periods, emptyPast(plan, periods), isPastShown).map((column) =>
    column.kind === 'period' ? `${column.letter}${column.period}` : column.kind,
  );

describe('rows', () => {
  it('are bands and their lines; a section without lines has none', () => {
    expect(labels([])).toEqual(['1 first', '2 a', '3 b', '4 second', '5 c']);
  });

  it('keep their numbers when sections fold', () => {
    expect(labels(['first'])).toEqual(['1 first', '4 second', '5 c']);
  });
});

describe('columns', () => {
  it('leave out years before the base in which nothing was observed, and keep their letters', () => {
    expect(columns(false)).toEqual([
      'name',
      'unit',
      'C2015',
      'F2018',
      'H2020',
      'I2021',
      'J2022',
      'target',
      'status',
      'trend',
    ]);
  });

  it('show them on demand', () => {
    expect(columns(true).slice(2, 6)).toEqual(['C2015', 'D2016', 'E2017', 'F2018']);
  });

  it('say which years are hidden before which', () => {
    const found = shownColumns(plan, periods, emptyPast(plan, periods), false);
    const hidden = found.flatMap((column) => (column.kind === 'period' ? [column.hidden] : []));
    expect(hidden).toEqual([[], [2016, 2017], [2019], [], []]);
  });

  it('have no target where the plan has none', () => {
    const bare = shownColumns({ ...plan, targets: [] }, periods, new Set(), false);
    expect(bare.at(-1)).toEqual({ kind: 'trend' });
    expect(bare.some(({ kind }) => kind === 'target' || kind === 'status')).toBe(false);
  });
});

describe('addresses', () => {
  const rows = allRows(plan, new Set());

  it('lead from a cell to its letters and back', () => {
    expect(addressOf(rows, periods, 'c', 2021)).toBe('I5');
    expect(sheetOf(rows, periods).cellAt(9, 5)).toEqual({ line: 'c', period: 2021 });
  });

  it('mean nothing beside the figures', () => {
    const sheet = sheetOf(rows, periods);
    expect([sheet.cellAt(1, 2), sheet.cellAt(3, 1), sheet.cellAt(3, 6), sheet.cellAt(11, 2)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it.each([
    [1, 'A'],
    [26, 'Z'],
    [27, 'AA'],
    [702, 'ZZ'],
    [703, 'AAA'],
  ])('column %i is %s', (column, letters) => expect(lettersOf(column)).toBe(letters));
});
