/**
 * The templates against a transcription of the printed tables that was made separately: both ways, cell by cell.
 *
 * With `PLAN_TEXTS=<folder>` both are also looked up in the full texts, at the lines that the transcription names.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '#quantity';
import type { Plan, Source } from '#plan';
import { loadPlan, loadTranscription, planIds } from '#tests/plans';

const RUNNING_TEXT = '正文';
/** Columns whose cells say what a line or a target is, and are not figures of their own. */
const UNIT_COLUMNS = ['单位'];
const NATURE_COLUMNS = ['属性', '指标属性'];
const NATURES: Readonly<Record<string, string>> = { indicative: '预期性', binding: '约束性' };

/** One printed thing that a template carries. */
interface Carried {
  readonly line: string;
  readonly printed: string;
  readonly source: Source;
  readonly role: 'figure' | 'stated' | 'target';
  readonly value: number;
}

function carriedBy(plan: Plan): Carried[] {
  const withAlso = (
    line: string,
    role: Carried['role'],
    one: { asPrinted?: string; source?: Source; value: number; also?: { asPrinted: string; source: Source; value: number }[] },
  ): Carried[] => [
    ...(one.source ? [{ line, role, printed: one.asPrinted ?? '', source: one.source, value: one.value }] : []),
    ...(one.also ?? []).map((also) => ({ line, role, printed: also.asPrinted, source: also.source, value: also.value })),
  ];
  return [
    ...plan.lines.flatMap((line) => [
      ...(line.figures ?? []).flatMap((figure) => withAlso(line.id, 'figure', figure as never)),
      ...(line.stated ?? []).flatMap((stated) => withAlso(line.id, 'stated', stated)),
    ]),
    ...plan.targets.flatMap((target) => withAlso(target.line, 'target', target as never)),
  ];
}

const bare = (text: string) => text.replaceAll(/\s/g, '');

describe.each(planIds)('%s', (id) => {
  const plan = loadPlan(id);
  const transcription = loadTranscription(id);
  const cells = transcription.filter((cell) => cell.table !== RUNNING_TEXT);
  const figures = cells.filter((cell) => ![...UNIT_COLUMNS, ...NATURE_COLUMNS].includes(cell.column));
  const nameOf = new Map(plan.tables.map((table) => [table.id, bare(table.name.zh)]));
  const carried = carriedBy(plan);
  const inTables = carried.flatMap((one) =>
    'table' in one.source ? [{ ...one, table: nameOf.get(one.source.table) ?? '', row: one.source.row, column: one.source.column }] : [],
  );
  const key = (table: string, row: string, column: string, printed: string) => [table, row, column, printed].map(bare).join(' ┃ ');

  it('carries every printed cell, and no cell that is not printed', () => {
    const printed = figures.map((cell) => key(cell.table, cell.row, cell.column, cell.figure));
    const carries = inTables.map((one) => key(one.table, one.row, one.column, one.printed));
    expect([...new Set(carries)].toSorted()).toEqual([...new Set(printed)].toSorted());
  });

  it('lists every printed row in the order of print', () => {
    for (const table of plan.tables) {
      const printed = [...new Set(figures.filter((cell) => bare(cell.table) === bare(table.name.zh)).map((cell) => bare(cell.row)))];
      const listed = [...new Set(table.rows.map((row) => bare(row.label)))];
      expect(listed.filter((row) => printed.includes(row)), table.id).toEqual(printed);
    }
  });

  it('stores the number that is printed', () => {
    const wrong = carried.filter(({ printed, value }) => {
      const number = /[-−]?\d[\d.]*/.exec(printed.replaceAll(',', ''))?.[0];
      // proportions (1:3) and dates are stored as what they mean, with a note
      if (number === undefined || /:|年/.test(printed)) return false;
      const read = parseNumber(number);
      // a percent is stored as its fraction; another power of ten is another unit of the same quantity; a total growth
      // of 33.7 % is a multiple of 1.337
      const stored = [1, 100, 1000, 1e4, 1e8, 1e-3, 1e-4, 1e-8].map((scale) => value * scale).concat((value - 1) * 100);
      return typeof read !== 'number' || !stored.some((one) => Math.abs(Math.abs(one) - Math.abs(read)) <= 1e-9 * Math.max(1, Math.abs(read)));
    });
    expect(wrong).toEqual([]);
  });

  it('has the printed units', () => {
    for (const cell of cells.filter((one) => UNIT_COLUMNS.includes(one.column))) {
      const row = plan.tables.find((table) => bare(table.name.zh) === bare(cell.table))?.rows.find((one) => bare(one.label) === bare(cell.row));
      expect(plan.lines.find((line) => line.id === row?.line)?.unit, cell.row).toBe(cell.figure);
    }
    for (const table of plan.tables) {
      for (const row of table.rows) {
        // the unit stands in brackets at the end of the label, unless a column or another cell says it
        const unit = /[（(]([^（()）]+)[)）]$/.exec(row.label)?.[1];
        const line = plan.lines.find((one) => one.id === row.line);
        if (unit !== undefined && unit.length <= 4) expect(bare(line?.unit ?? ''), row.label).toBe(bare(unit));
      }
    }
  });

  it('has the printed natures', () => {
    for (const cell of cells.filter((one) => NATURE_COLUMNS.includes(one.column))) {
      const targets = plan.targets.filter(
        ({ source }) => 'row' in source && nameOf.get(source.table) === bare(cell.table) && bare(source.row) === bare(cell.row),
      );
      expect(targets.length, cell.row).toBeGreaterThan(0);
      for (const target of targets) expect(NATURES[target.nature ?? ''], cell.row).toBe(cell.figure);
    }
  });

  it('carries every goal of the running text', () => {
    const texts = carried.map((one) => bare(one.printed));
    const goals = transcription
      .filter((cell) => cell.table === RUNNING_TEXT && /2025|十四五/.test(cell.column) && /\d/.test(cell.figure))
      // size classes of firms, a name and not a quantity
      .filter((cell) => cell.figure !== '100亿+50亿+20亿+10亿');
    const digits = (text: string) => text.match(/\d+(\.\d+)?/g)?.join(' ') ?? text;
    const missing = goals.filter((cell) => !texts.some((text) => text.includes(bare(cell.figure)) || digits(text) === digits(cell.figure)));
    expect(missing).toEqual([]);
  });

  const folder = process.env['PLAN_TEXTS'];
  const hasTexts = folder !== undefined && existsSync(folder);
  const reason = hasTexts ? '' : ' (skipped: PLAN_TEXTS names no folder with the full texts, which are not part of this repository)';
  it.runIf(hasTexts)(`stands in the full text, line by line${reason}`, () => {
    const title = bare(plan.source.title).replaceAll(/[“”《》]/g, '');
    const text = readdirSync(folder ?? '')
      .map((file) => readFileSync(join(folder ?? '', file), 'utf8'))
      .find((one) => bare(one).replaceAll(/[“”《》]/g, '').includes(title));
    expect(text, plan.source.title).toBeDefined();
    const rows = (text ?? '').split('\n');
    const strayed = transcription.filter(({ figure, line }) => {
      const near = bare([rows[line - 1], rows[line], rows[line + 1]].join('')).replaceAll(/\[\d\]/g, '');
      return !near.includes(bare(figure));
    });
    expect(strayed).toEqual([]);
    const whole = bare(text ?? '').replaceAll(/\[\d\]/g, '');
    const unprinted = carried.filter((one) => /\d/.test(one.printed) && !whole.includes(bare(one.printed)));
    expect(unprinted.map((one) => `${one.line}: ${one.printed}`)).toEqual([]);
  });
});
