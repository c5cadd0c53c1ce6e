/** The sheet of drivers: the selector, and every input with one column a scenario. */
import { isFailure, isMissing, type Value } from '#quantity';
import type { Engine } from '#engine';
import { address, rowRange } from './address.ts';
import type { InputRow, Slot } from './input-rows.ts';
import { DRIVERS, SELECTED, SELECTOR, NAME_WIDTHS, type Layout } from './layout.ts';
import type { ModelCells } from './model-cells.ts';
import { numberFormat } from './number-format.ts';
import { numberText } from './translate.ts';
import type { RuleTable } from './rule-table.ts';
import { SheetBuilder, type ScenarioRecord, type Sheet, type Shown } from './sheet.ts';
import { said, saidOtherwise, type WorkbookLabel } from './workbook-words.ts';

/** Excel takes no more cells in one of its scenarios. */
const MAX_RECORD_CELLS = 32;

const SLOT_LABELS: Readonly<Record<Slot, WorkbookLabel>> = {
  level: 'slotLevel',
  value: 'slotValue',
  add: 'slotAdd',
  scale: 'slotScale',
  growth: 'slotGrowth',
};

/** A value as a viewer shows it: missing is the empty text, a failure its code. */
export function shown(value: Value): Shown {
  if (isMissing(value)) return '';
  if (!isFailure(value)) return value;
  return value.code === '#CYCLE!' ? '#N/A' : value.code;
}

/** Names of the scenarios by which the selector chooses: each once. */
function scenarioNames(table: RuleTable, layout: Layout): string[] {
  const names: string[] = [];
  for (const { scenario } of table.columns) {
    const name = said(layout.words, scenario.name);
    names.push(names.includes(name) ? `${name} (${scenario.id})` : name);
  }
  return names;
}

/** Builds the sheet; `active` is the position of the scenario in force. */
export function buildDriversSheet(
  engine: Engine,
  table: RuleTable,
  layout: Layout,
  model: ModelCells,
  active: number,
): Sheet {
  const { plan, columns } = table;
  const { labels, sheets } = layout.words;
  const sheet = new SheetBuilder();
  const names = scenarioNames(table, layout);
  const last = DRIVERS.firstScenario + columns.length - 1;

  sheet.put({ row: 0, column: 0 }, { value: said(layout.words, plan.title), look: { tone: 'title' } });
  sheet.put({ row: 1, column: 0 }, { value: labels.driversHint, look: { tone: 'faint' } });
  sheet.put({ row: SELECTOR.row, column: 0 }, { value: labels.scenario, look: { tone: 'section' } });
  sheet.put(SELECTOR, { value: names[active] as string, look: { tone: 'input', align: 'left' } });
  const heads = rowRange(DRIVERS.head, DRIVERS.firstScenario, last);
  const selected = `MATCH(${address(SELECTOR, { row: true, column: true })},${heads},0)`;
  sheet.put(SELECTED, { formula: selected, value: active + 1, look: { tone: 'faint', align: 'right' } });
  const head = [
    ...[
      labels.name,
      labels.otherName,
      labels.unit,
      labels.id,
      labels.what,
      labels.from,
      labels.to,
      labels.inForce,
    ],
    ...names,
  ];
  head.forEach((text, column) => {
    const align = column < DRIVERS.from ? 'left' : 'right';
    sheet.put({ row: DRIVERS.head, column }, { value: text, look: { tone: 'head', align } });
  });

  layout.inputEntries.forEach((entry, position) => {
    const row = DRIVERS.first + position;
    if (entry.kind === 'section') {
      const section = plan.sections.find(({ id }) => id === entry.id);
      sheet.put(
        { row, column: 0 },
        { value: section ? said(layout.words, section.name) : entry.id, look: { tone: 'section' } },
      );
      return;
    }
    putInput(sheet, row, entry.row, { engine, table, layout, model, active });
  });

  return sheet.build({
    name: sheets.drivers,
    widths: [...NAME_WIDTHS[layout.words.language], 16, 24, 12, 7, 7, 13, ...columns.map(() => 15)],
    frozen: { rows: DRIVERS.first, columns: 1 },
    choices: [
      {
        place: SELECTOR,
        source: heads,
        title: labels.chooseTitle,
        message: labels.chooseMessage,
        refusal: labels.chooseRefusal,
      },
    ],
  });
}

interface Context {
  readonly engine: Engine;
  readonly table: RuleTable;
  readonly layout: Layout;
  readonly model: ModelCells;
  readonly active: number;
}

function putInput(sheet: SheetBuilder, row: number, input: InputRow, context: Context): void {
  const { engine, table, layout, active } = context;
  const { plan } = table;
  const line = table.line(input.line);
  const unit = engine.unitOf(line.id);
  const isShare = input.slot === 'growth';
  const format = isShare ? '0.00%' : input.slot === 'scale' ? '0.00##' : numberFormat(unit, line.decimals);
  sheet.putRow(row, [said(layout.words, line.name), saidOtherwise(layout.words, line.name)]);
  sheet.putRow(
    row,
    [
      ...[undefined, undefined],
      layout.words.unit(isShare ? '%' : input.slot === 'scale' ? '' : unit.text),
      ...[line.id, layout.words.labels[SLOT_LABELS[input.slot]]],
      ...[plan.periods.first + input.from, plan.periods.first + input.to],
    ],
    { tone: 'faint' },
  );

  const cells = input.cells.map((_, scenario) => contentOf(row, input, scenario, context));
  cells.forEach((cell, scenario) => {
    const tone = cell.formula === undefined ? 'input' : 'level';
    sheet.put({ row, column: DRIVERS.firstScenario + scenario }, { ...cell, look: { format, tone } });
  });
  const range = rowRange(row, DRIVERS.firstScenario, DRIVERS.firstScenario + cells.length - 1);
  const own = `INDEX(${range},${layout.selected})`;
  const value = cells[active]?.value ?? '';
  sheet.put(
    { row, column: DRIVERS.live },
    {
      formula: liveFormula(input, own, context.model),
      value: value === '' ? neutral(input.slot) : value,
      look: { format, tone: 'active' },
    },
  );
}

/** What an empty cell means: no change, or no value of its own. */
function neutral(slot: Slot): Shown {
  return slot === 'add' ? 0 : slot === 'scale' ? 1 : '';
}

function liveFormula(input: InputRow, own: string, model: ModelCells): string {
  if (input.slot === 'add') return `N(${own})`;
  if (input.slot === 'level' && !model.mayBeMissing(input)) return own;
  return `IF(${own}="",${input.slot === 'scale' ? '1' : '""'},${own})`;
}

/** The number of an input, or its formula with what it gives now. */
function contentOf(
  row: number,
  input: InputRow,
  scenario: number,
  { table, model }: Context,
): { value?: Shown; formula?: string } {
  const cell = input.cells[scenario];
  const column = DRIVERS.firstScenario + scenario;
  if (!cell || cell.kind === 'empty') return {};
  if (cell.kind === 'number') return { value: cell.value };
  if (cell.kind === 'link') {
    const formula = address({ row: row - 1, column });
    return { formula, value: cell.value ?? shown(levelValue(table, input, scenario)) };
  }
  const formula = model.level(input, scenario) ?? '';
  const value = shown(levelValue(table, input, scenario));
  // a level that is kept is a number like any other input
  return typeof value === 'number' && formula === numberText(value) ? { value } : { formula, value };
}

function levelValue(table: RuleTable, input: InputRow, scenario: number): Value {
  return table.columns[scenario]?.calculation.series(table.line(input.line).id)[input.from] ?? null;
}

/** Excel’s own scenarios: each sets the selector, and puts its inputs back where they are few enough. */
export function scenarioRecords(table: RuleTable, layout: Layout): ScenarioRecord[] {
  return scenarioNames(table, layout).map((name, scenario) => {
    const inputs = layout.inputEntries.flatMap((entry) => {
      const cell = entry.kind === 'row' ? entry.row.cells[scenario] : undefined;
      if (entry.kind !== 'row' || cell?.kind !== 'number') return [];
      const place = { row: layout.inputRow(entry.row), column: DRIVERS.firstScenario + scenario };
      return [{ address: address(place), value: cell.value }];
    });
    const selector = { address: address(SELECTOR), value: name };
    const { note } = table.columns[scenario]?.scenario ?? {};
    return {
      name,
      comment: note ? said(layout.words, note) : '',
      cells: inputs.length < MAX_RECORD_CELLS ? [selector, ...inputs] : [selector],
    };
  });
}
