/** The sheet of targets: what the plan wants, what the scenario in force gives, and whether that is enough. */
import { isNumber, printedDecimals, roundTo, type Unit, type Value } from '#quantity';
import type { Source, Target } from '#plan';
import type { Engine } from '#engine';
import { address, addressOn } from './address.ts';
import { shown } from './drivers-sheet.ts';
import { MODEL, SELECTOR, NAME_WIDTHS, type Layout } from './layout.ts';
import { numberFormat } from './number-format.ts';
import type { RuleTable } from './rule-table.ts';
import { SheetBuilder, type Sheet } from './sheet.ts';
import { said, saidOtherwise, type WorkbookWords } from './workbook-words.ts';

const HEAD = 3;

/** Columns of the sheet. */
const [
  PERIOD,
  COMPARATOR,
  VALUE,
  UP_TO,
  DIRECTION,
  TOLERANCE,
  DECIMALS,
  PROJECTED,
  GAP,
  STATUS,
  PRINTED,
  PLACE,
  NOTE,
] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/** Builds the sheet; `active` is the position of the scenario in force. */
export function buildTargetsSheet(engine: Engine, table: RuleTable, layout: Layout, active: number): Sheet {
  const { plan, columns } = table;
  const { labels, sheets } = layout.words;
  const sheet = new SheetBuilder();
  sheet.put({ row: 0, column: 0 }, { value: said(layout.words, plan.title), look: { tone: 'title' } });
  sheet.put({ row: 1, column: 0 }, { value: labels.targetsHint, look: { tone: 'faint' } });
  sheet.put({ row: 2, column: 0 }, { value: labels.scenario, look: { tone: 'section' } });
  const name = columns[active]?.scenario.name;
  sheet.put(
    { row: 2, column: 1 },
    {
      formula: addressOn(sheets.drivers, SELECTOR),
      value: name ? said(layout.words, name) : '',
      look: { tone: 'section' },
    },
  );
  const heads = [
    ...[
      labels.line,
      labels.otherName,
      labels.unit,
      labels.period,
      labels.comparator,
      labels.target,
      labels.upTo,
    ],
    ...[labels.direction, labels.tolerance, labels.decimals, labels.projected, labels.gap, labels.status],
    ...[labels.asPrinted, labels.place, labels.note],
  ];
  heads.forEach((value, column) => {
    sheet.put({ row: HEAD, column }, { value, look: { tone: 'head', align: alignmentOf(column) } });
  });
  plan.targets.forEach((target, position) => {
    const value = columns[active]?.calculation.value(target.line, target.period) ?? null;
    putTarget(sheet, HEAD + 1 + position, target, { engine, table, layout, value });
  });
  const status = address({ row: HEAD + 1, column: STATUS });
  const lastStatus = address({ row: HEAD + Math.max(1, plan.targets.length), column: STATUS });
  return sheet.build({
    name: sheets.targets,
    widths: [...NAME_WIDTHS[layout.words.language], 16, 7, 10, 12, 12, 12, 10, 9, 13, 13, 18, 22, 30, 50],
    frozen: { rows: HEAD + 1, columns: 1 },
    highlights: [
      { range: `${status}:${lastStatus}`, text: labels.met, tone: 'good' },
      { range: `${status}:${lastStatus}`, text: labels.missed, tone: 'bad' },
    ],
  });
}

/** Words between two columns of numbers stand in the middle: at either side they would touch a number. */
function alignmentOf(column: number): 'left' | 'center' | 'right' {
  if ([COMPARATOR, DIRECTION, STATUS].includes(column)) return 'center';
  return [PERIOD, VALUE, UP_TO, TOLERANCE, DECIMALS, PROJECTED, GAP].includes(column) ? 'right' : 'left';
}

interface Context {
  readonly engine: Engine;
  readonly table: RuleTable;
  readonly layout: Layout;
  readonly value: Value;
}

function putTarget(
  sheet: SheetBuilder,
  row: number,
  target: Target,
  { engine, table, layout, value }: Context,
): void {
  const { words } = layout;
  const { labels } = words;
  const line = table.lineNumber(target.line);
  const { name } = table.line(line);
  const unit = engine.unitOf(target.line);
  const decimals = decimalsOf(target, unit);
  const format = numberFormat(unit, Math.max(0, decimals - Math.round(Math.log10(unit.shown))));
  const at = (column: number) => address({ row, column });
  const put = (column: number, text: string | number | undefined, look = {}) => {
    if (text !== undefined) sheet.put({ row, column }, { value: text, look });
  };
  put(0, said(words, name));
  put(1, saidOtherwise(words, name));
  put(2, words.unit(unit.text), { tone: 'faint' });
  put(PERIOD, target.period);
  put(COMPARATOR, comparatorText(target, words), { align: alignmentOf(COMPARATOR) });
  put(VALUE, target.value, { tone: 'input', format });
  put(UP_TO, target.upTo, { tone: 'input', format });
  put(DIRECTION, labels[target.direction], { tone: 'faint', align: alignmentOf(DIRECTION) });
  if (target.direction === 'near') put(TOLERANCE, target.tolerance ?? 0, { tone: 'input', format });
  put(DECIMALS, decimals, { tone: 'faint', format: '0' });
  put(PRINTED, target.asPrinted);
  put(PLACE, placeText(target.source, table), { tone: 'faint' });
  put(NOTE, target.note && said(words, target.note), { tone: 'faint' });

  const place = {
    row: layout.lineRow(line),
    column: MODEL.firstPeriod + target.period - table.plan.periods.first,
  };
  const projection = addressOn(words.sheets.model, place);
  // the cell of a missing value is empty, and a reference to it would be 0
  sheet.put(
    { row, column: PROJECTED },
    { formula: `IF(${projection}="","",${projection})`, value: shown(value), look: { format } },
  );
  const projected = at(PROJECTED);
  const end = target.upTo === undefined ? at(VALUE) : at(UP_TO);
  const above = `${projected}-${end}`;
  const gap =
    target.upTo === undefined
      ? above
      : `IF(${projected}<${at(VALUE)},${projected}-${at(VALUE)},IF(${projected}>${end},${above},0))`;
  sheet.put(
    { row, column: GAP },
    {
      formula: `IF(ISNUMBER(${projected}),${gap},"")`,
      value: isNumber(value) ? gapOf(target, value) : '',
      look: { format },
    },
  );
  const status = `IF(ISNUMBER(${projected}),IF(${conditionText(target, at)},"${labels.met}","${labels.missed}"),"${labels.unknown}")`;
  const known = isNumber(value)
    ? isMet(target, value, decimals)
      ? labels.met
      : labels.missed
    : labels.unknown;
  sheet.put({ row, column: STATUS }, { formula: status, value: known, look: { align: alignmentOf(STATUS) } });
}

/** The decimals of the stored value that the printed target shows. */
function decimalsOf(target: Target, unit: Unit): number {
  if (target.precision !== undefined) return Math.round(-Math.log10(target.precision));
  return printedDecimals(target.asPrinted) + Math.round(Math.log10(unit.shown));
}

/** At least or at most, as it is or as it is printed. */
function conditionText(target: Target, at: (column: number) => string): string {
  const compare = (sign: string, bound: string) =>
    `OR(${at(PROJECTED)}${sign}${bound},ROUND(${at(PROJECTED)},${at(DECIMALS)})${sign}ROUND(${bound},${at(DECIMALS)}))`;
  const slack = (sign: string) => (target.direction === 'near' ? `${sign}${at(TOLERANCE)}` : '');
  const low = compare('>=', `${at(VALUE)}${slack('-')}`);
  const high = compare('<=', `${target.upTo === undefined ? at(VALUE) : at(UP_TO)}${slack('+')}`);
  if (target.direction === 'atLeast') return low;
  return target.direction === 'atMost' ? high : `AND(${low},${high})`;
}

function isMet(target: Target, value: number, decimals: number): boolean {
  const slack = target.direction === 'near' ? (target.tolerance ?? 0) : 0;
  const [low, high] = [target.value - slack, (target.upTo ?? target.value) + slack];
  const [seen, seenLow, seenHigh] = [value, low, high].map((one) => roundTo(one, decimals)) as [
    number,
    number,
    number,
  ];
  const isHighEnough = target.direction === 'atMost' || value >= low || seen >= seenLow;
  const isLowEnough = target.direction === 'atLeast' || value <= high || seen <= seenHigh;
  return isHighEnough && isLowEnough;
}

function gapOf(target: Target, value: number): number {
  if (target.upTo === undefined || value < target.value) return value - target.value;
  return value > target.upTo ? value - target.upTo : 0;
}

const COMPARATORS = { '=': '=', '>=': '≥', '>': '>', '<=': '≤', '<': '<' } as const;

function comparatorText({ comparator }: Target, { labels }: WorkbookWords): string {
  if (comparator === 'about' || comparator === 'range') return labels[comparator];
  return COMPARATORS[comparator];
}

/** A printed place in words: the table with row and column, or the section. */
export function placeText(source: Source, table: RuleTable): string {
  if ('section' in source) return source.section;
  const found = table.plan.tables.find(({ id }) => id === source.table);
  return [found?.name.zh ?? source.table, source.row, source.column].join(' · ');
}
