/** What pasting, filling and clearing type into which cells. */
import { describe, expect, it } from 'vitest';
import {
  cellsIn,
  fillFrom,
  fillRight,
  pasteBlock,
  sameInAll,
  type Shown,
} from '../../../src/ui/grid/grid-entries.ts';
import { allRows, shownColumns, shownRows } from '../../../src/ui/grid/grid-rows.ts';
import { aPlan } from '../../helpers/builders.ts';
import { openSession } from '../../helpers/sessions.ts';

const plan = aPlan()
  .periods(2019, 2020, 2023)
  .driver('growth', '10%', { unit: '%' })
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .build();
const periods = [2019, 2020, 2021, 2022, 2023];
const shown: Shown = {
  rows: shownRows(allRows(plan, new Set())),
  columns: shownColumns(plan, periods, new Set(), false),
};
// row 0 is the band, 1 growth, 2 loans; column 0 name, 1 unit, 2 is 2019, 4 is 2021
const block = (fromRow: number, toRow: number, fromColumn: number, toColumn: number) => ({
  fromRow,
  toRow,
  fromColumn,
  toColumn,
});
const short = (cells: readonly { line: string; period: number; text?: string }[]) =>
  cells.map(({ line, period, text }) => [line, period, ...(text === undefined ? [] : [text])].join(' '));

describe('a selection', () => {
  it('counts its figures once, and nothing beside them', () => {
    expect(short(cellsIn(shown, [block(0, 1, 0, 3), block(1, 1, 3, 4)]))).toEqual([
      'growth 2019',
      'growth 2020',
      'growth 2021',
    ]);
  });

  it('takes one text into all its cells', () => {
    expect(short(sameInAll(shown, [block(1, 2, 4, 4)], ''))).toEqual(['growth 2021 ', 'loans 2021 ']);
  });
});

describe('a pasted block', () => {
  const text = () => '';

  it('is laid from the first cell on', () => {
    const { cells, misplaced } = pasteBlock(
      shown,
      [
        ['6%', ' 7% '],
        ['1', ''],
      ],
      block(1, 1, 4, 4),
      text,
    );
    expect(short(cells)).toEqual(['growth 2021 6%', 'growth 2022 7%', 'loans 2021 1', 'loans 2022 ']);
    expect(misplaced).toEqual([]);
  });

  it('fills the selection when it is one text', () => {
    const { cells } = pasteBlock(shown, [['6%']], block(1, 1, 4, 6), text);
    expect(short(cells)).toEqual(['growth 2021 6%', 'growth 2022 6%', 'growth 2023 6%']);
  });

  it('may carry names and units that stand there already, and no others', () => {
    const standing = (_row: number, column: number) => (column === 0 ? 'growth' : '%');
    expect(pasteBlock(shown, [['growth', '%', '1%']], block(1, 1, 0, 0), standing).misplaced).toEqual([]);
    expect(pasteBlock(shown, [['GDP', '%', '1%']], block(1, 1, 0, 0), standing).misplaced).toEqual([
      { row: 1, column: 0, text: 'GDP' },
    ]);
  });
});

describe('filling right', () => {
  it('repeats a number and gives back the formula', async () => {
    const { session } = await openSession(plan);
    session.enter([{ line: 'growth', period: 2021, text: '8.25%' }]);
    expect(short(fillRight(session, shown, block(1, 2, 4, 6)))).toEqual([
      'growth 2022 8.25%',
      'growth 2023 8.25%',
      'loans 2022 ',
      'loans 2023 ',
    ]);
  });

  it('takes a single column from its neighbour', async () => {
    const { session } = await openSession(plan);
    expect(short(fillRight(session, shown, block(2, 2, 4, 4)))).toEqual(['loans 2021 100']);
  });

  it('has nothing to take beside the figures', async () => {
    const { session } = await openSession(plan);
    expect(fillFrom(session, shown, 1, block(1, 1, 2, 3))).toEqual([]);
  });
});
