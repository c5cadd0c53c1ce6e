/** The sheet of the model: a row a line, a column a period. */
import type { Engine } from '#engine';
import { addressOn } from './address.ts';
import { shown } from './drivers-sheet.ts';
import { MODEL, SELECTOR, NAME_WIDTHS, type Layout } from './layout.ts';
import type { ModelCells } from './model-cells.ts';
import { numberFormat } from './number-format.ts';
import type { RuleTable } from './rule-table.ts';
import { SheetBuilder, type Sheet } from './sheet.ts';
import { said, saidOtherwise } from './workbook-words.ts';

/** Builds the sheet; `active` is the position of the scenario in force. */
export function buildModelSheet(
  engine: Engine,
  table: RuleTable,
  layout: Layout,
  model: ModelCells,
  active: number,
): Sheet {
  const { plan, columns, periods } = table;
  const { labels, sheets } = layout.words;
  const sheet = new SheetBuilder();
  const base = plan.periods.base - plan.periods.first;
  sheet.put({ row: 0, column: 0 }, { value: said(layout.words, plan.title), look: { tone: 'title' } });
  sheet.put({ row: 1, column: 0 }, { value: labels.modelHint, look: { tone: 'faint' } });
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
  sheet.putRow(MODEL.head, [labels.name, labels.otherName, labels.unit, labels.id], {
    tone: 'head',
    align: 'left',
  });
  for (let index = 0; index < periods; index += 1) {
    const look = { tone: 'head', align: 'right', format: '0' } as const;
    sheet.put(
      { row: MODEL.head, column: MODEL.firstPeriod + index },
      { value: plan.periods.first + index, look },
    );
  }
  layout.lineEntries.forEach((entry, position) => {
    const row = MODEL.first + position;
    if (entry.kind === 'section') {
      const section = plan.sections.find(({ id }) => id === entry.id);
      if (section)
        sheet.put({ row, column: 0 }, { value: said(layout.words, section.name), look: { tone: 'section' } });
      return;
    }
    const line = table.line(entry.row);
    const unit = engine.unitOf(line.id);
    const format = numberFormat(unit, line.decimals);
    const values = columns[active]?.calculation.series(line.id) ?? [];
    sheet.putRow(row, [said(layout.words, line.name), saidOtherwise(layout.words, line.name)]);
    sheet.putRow(row, [undefined, undefined, layout.words.unit(unit.text), line.id], { tone: 'faint' });
    for (let index = 0; index < periods; index += 1) {
      const place = { row, column: MODEL.firstPeriod + index };
      const tone = index <= base ? ('history' as const) : undefined;
      const cell = model.cell(entry.row, index);
      if (cell.kind === 'empty') {
        if (tone) sheet.put(place, { look: { tone } });
      } else if (cell.kind === 'figure') {
        sheet.put(place, { value: cell.value, look: { format, ...(tone && { tone }) } });
      } else {
        const look = cell.isKept ? { format, tone: 'kept' as const } : { format, ...(tone && { tone }) };
        sheet.put(place, { formula: cell.text, value: shown(values[index] ?? null), look });
      }
    }
  });
  return sheet.build({
    name: sheets.model,
    widths: [...NAME_WIDTHS[layout.words.language], 16, 24, ...Array.from({ length: periods }, () => 11)],
    frozen: { rows: MODEL.first, columns: 1 },
  });
}
