/** The sheet of sources: the document, where every figure is printed, notes, scenarios, and cells that keep a value. */
import type { Figure, Localized } from '#plan';
import type { Engine } from '#engine';
import { NAME_WIDTHS, type Layout } from './layout.ts';
import type { KeptCell } from './model-cells.ts';
import { numberFormat } from './number-format.ts';
import type { RuleTable } from './rule-table.ts';
import { SheetBuilder, type Look, type Sheet, type Shown } from './sheet.ts';
import { placeText } from './targets-sheet.ts';
import { said, saidOtherwise } from './workbook-words.ts';

/** Builds the sheet. */
export function buildSourcesSheet(
  engine: Engine,
  table: RuleTable,
  layout: Layout,
  kept: readonly KeptCell[],
): Sheet {
  const { plan } = table;
  const { words } = layout;
  const { labels } = words;
  const sheet = new SheetBuilder();
  let row = 0;
  const add = (values: readonly (Shown | undefined)[], look?: Look): void => {
    sheet.putRow(row, values, look);
    row += 1;
  };
  const begin = (title: string, heads: readonly string[]): void => {
    row += 1;
    add([title], { tone: 'section' });
    add(heads, { tone: 'head', align: 'left' });
  };
  const word = (text: Localized | undefined) => text && said(words, text);

  add([said(words, plan.title)], { tone: 'title' });
  add([labels.source, plan.source.title]);
  if (plan.source.issuer) add([labels.issuer, plan.source.issuer]);
  if (plan.source.number) add([labels.number, plan.source.number]);
  if (plan.source.date) add([labels.date, plan.source.date]);
  add([labels.version, plan.version]);
  if (plan.note) add([labels.note, word(plan.note)]);

  begin(labels.kept, [labels.name, labels.otherName, labels.id, labels.period, labels.reason]);
  if (kept.length === 0) add([labels.keptNone], { tone: 'faint' });
  for (const { line, period, reason, subject } of kept) {
    const { name } = table.line(table.lineNumber(line));
    add([said(words, name), saidOtherwise(words, name), line, period, words.kept(reason, subject)]);
  }

  begin(labels.scenarios, [labels.name, labels.note]);
  for (const { scenario } of table.columns) add([said(words, scenario.name), word(scenario.note)]);

  begin(labels.figures, [
    ...[labels.name, labels.otherName, labels.id, labels.period, labels.value, labels.unit],
    ...[labels.origin, labels.asPrinted, labels.place, labels.note],
  ]);
  // over numbers a head stands at the right, as they do
  sheet.put({ row: row - 1, column: 3 }, { value: labels.period, look: { tone: 'head', align: 'right' } });
  sheet.put({ row: row - 1, column: 4 }, { value: labels.value, look: { tone: 'head', align: 'right' } });
  sheet.put({ row: row - 1, column: 5 }, { value: labels.unit, look: { tone: 'head', align: 'indented' } });
  for (const line of plan.lines) {
    const unit = engine.unitOf(line.id);
    const format = numberFormat(unit, line.decimals);
    for (const figure of line.figures ?? []) {
      sheet.put({ row, column: 4 }, { value: figure.value, look: { format } });
      sheet.put({ row, column: 5 }, { value: words.unit(unit.text), look: { align: 'indented' } });
      add([
        ...[said(words, line.name), saidOtherwise(words, line.name), line.id, figure.period],
        ...[undefined, undefined],
        ...[labels[figure.origin], figure.asPrinted, placesOf(figure, table), word(figure.note)],
      ]);
    }
  }

  begin(labels.lineNotes, [labels.name, labels.otherName, labels.id, labels.note]);
  for (const line of plan.lines) {
    if (!line.note) continue;
    add([said(words, line.name), saidOtherwise(words, line.name), line.id, word(line.note)]);
  }

  return sheet.build({
    name: words.sheets.sources,
    widths: [...NAME_WIDTHS[words.language], 24, 9, 13, 16, 9, 16, 36, 60],
    frozen: { rows: 1, columns: 0 },
  });
}

/** Every place that prints the figure. */
function placesOf(figure: Figure, table: RuleTable): string | undefined {
  const places = [
    ...(figure.source ? [figure.source] : []),
    ...(figure.also ?? []).map(({ source }) => source),
  ];
  return places.length === 0 ? undefined : places.map((place) => placeText(place, table)).join('; ');
}
