/**
 * Nothing of a workbook that somebody else wrote is lost in silence: every number and formula, wherever it stands, is in the
 * plan that is taken or named in the report with its place. Sheets are made here: tables anywhere, with numbers all around them.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TakenModel } from '#exchange';
import type { Rows } from '#tests/foreign-workbook';
import { modelOf, workbooksOf } from './foreign-models.ts';

type Place = { readonly sheet: string; readonly row: number; readonly column: number };
type Cells = Rows[number];

const addressOf = ({ row, column }: Place): string => `${String.fromCharCode(65 + column)}${row + 1}`;

/** A table: its years, its corner, its rows; `null` is a hole, a text is a remark among the numbers. */
interface Table {
  readonly firstYear: number;
  readonly years: number;
  readonly above: number;
  readonly left: number;
  readonly rows: readonly (readonly ('number' | 'text' | 'formula' | 'hole')[])[];
}

const table: fc.Arbitrary<Table> = fc
  .record({
    firstYear: fc.constantFrom(2020, 2020, 2023),
    years: fc.integer({ min: 2, max: 5 }),
    above: fc.nat(3),
    left: fc.nat(2),
    rows: fc.array(
      fc.array(fc.constantFrom('number', 'number', 'number', 'text', 'formula', 'hole'), {
        minLength: 5,
        maxLength: 5,
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map((one): Table => one as Table);

const stray = fc.record({ row: fc.nat(24), column: fc.nat(10), isFormula: fc.boolean() });
const sheet = fc.record({
  tables: fc.array(table, { minLength: 1, maxLength: 2 }),
  strays: fc.array(stray, { maxLength: 12 }),
});

/** Numbers that occur once each, and are no years. */
const numberAt = (count: number): number => 3.5 + count / 1024;

/** Lays a sheet out; `count` goes on over sheets. Says where every number went. */
function layOut(
  name: string,
  { tables, strays }: typeof sheet extends fc.Arbitrary<infer T> ? T : never,
  count: number,
) {
  const grid: (Cells[number] | undefined)[][] = [];
  const placed: (Place & { readonly number: number })[] = [];
  const put = (row: number, column: number, value: Cells[number]): void => {
    (grid[row] ??= [])[column] = value;
  };
  const putNumber = (row: number, column: number, isFormula: boolean): void => {
    const number = numberAt(count);
    count += 1;
    put(row, column, isFormula ? `=${number}*1|${number}` : number);
    placed.push({ sheet: name, row, column, number });
  };
  let row = 0;
  for (const { firstYear, years, above, left, rows } of tables) {
    row += above;
    for (let year = 0; year < years; year += 1) put(row, left + 1 + year, firstYear + year);
    for (const [index, kinds] of rows.entries()) {
      row += 1;
      put(row, left, `line ${name} ${row}`);
      for (const [year, kind] of kinds.slice(0, years).entries()) {
        if (kind === 'text') put(row, left + 1 + year, `n/a ${index}`);
        else if (kind !== 'hole') putNumber(row, left + 1 + year, kind === 'formula');
      }
    }
    row += 1;
  }
  for (const one of strays)
    if (grid[one.row]?.[one.column] === undefined) putNumber(one.row, one.column, one.isFormula);
  const width = Math.max(...Array.from(grid, (cells) => cells?.length ?? 0));
  const rows: Rows = Array.from({ length: grid.length }, (_, at) =>
    Array.from({ length: width }, (__, column) => grid[at]?.[column] ?? null),
  );
  return { rows, placed, count };
}

/** The numbers of a plan, in whatever it says. */
function numbersIn({ plan }: TakenModel): Set<string> {
  const texts = JSON.stringify([plan.lines, plan.scenarios]).match(/\d+\.\d+/g) ?? [];
  return new Set(texts);
}

const isNamed = (problems: readonly { args: Readonly<Record<string, unknown>> }[], place: Place): boolean =>
  problems.some(({ args }) => args['cell'] === addressOf(place) && args['sheet'] === place.sheet);

it('every number is taken or named', async () => {
  let [taken, named] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(sheet, { minLength: 1, maxLength: 2 }), async (sheets) => {
      const given: Record<string, Rows> = {};
      const placed: (Place & { readonly number: number })[] = [];
      let count = 0;
      sheets.forEach((one, index) => {
        const name = `S${index}`;
        const laid = layOut(name, one, count);
        given[name] = laid.rows;
        placed.push(...laid.placed);
        count = laid.count;
      });
      const result = modelOf(await workbooksOf(given));
      if (!result.ok) {
        expect(result.problems.length).toBeGreaterThan(0);
        return;
      }
      const numbers = numbersIn(result.model);
      const lost = placed.filter((place) => {
        const isTaken = numbers.has(String(place.number));
        if (isTaken) taken += 1;
        const isSaid = isNamed(result.model.problems, place);
        if (isSaid) named += 1;
        return !isTaken && !isSaid;
      });
      expect({
        lost: lost.map((place) => `${place.sheet}!${addressOf(place)} ${place.number}`),
        given,
        said: lost.length
          ? result.model.problems.map(({ code, args }) => `${code} ${JSON.stringify(args)}`)
          : [],
      }).toMatchObject({ lost: [] });
    }),
    { numRuns: Number(process.env['RUNS'] ?? 100), seed: 31 },
  );
  expect(taken).toBeGreaterThan(500);
  expect(named).toBeGreaterThan(200);
}, 120_000);
