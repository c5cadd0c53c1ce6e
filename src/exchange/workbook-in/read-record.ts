/** What a workbook of ours says of itself, read from its hidden sheet and checked before it is believed. */
import * as v from 'valibot';
import { readPlan, scenarioSchema, type Plan, type Scenario } from '#plan';
import { problem, type Problem } from '#quantity';
import { hashText } from '../document/content-hash.ts';
import { inflate } from '../link/deflate.ts';
import { MAX_WORKBOOK_INFLATED_BYTES } from '../limits.ts';
import type { WorkbookProblemCode } from '../problem.ts';
import { RECORD_FORMAT, RECORD_HASH_DIGITS, RECORD_SHEET, fromRecordText } from '../workbook/record-sheet.ts';
import { cellAt, type ForeignWorkbook } from './foreign-sheet.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const recordSchema = v.strictObject({
  exchange: v.number(),
  document: v.looseObject({
    plan: v.unknown(),
    scenario: v.optional(v.string()),
    scenarios: v.array(scenarioSchema),
  }),
  columns: v.array(v.string()),
  firstColumn: count,
  inputs: v.array(
    v.strictObject({
      row: count,
      line: v.string(),
      slot: v.picklist(['level', 'value', 'add', 'scale', 'growth']),
      from: v.number(),
      to: v.number(),
      kinds: v.array(v.picklist(['number', 'link', 'rule', 'empty'])),
    }),
  ),
  sheets: v.array(
    v.strictObject({
      name: v.string(),
      cells: v.record(
        v.string(),
        v.union([
          v.strictObject({ value: v.union([v.number(), v.string()]) }),
          v.strictObject({ formula: v.string() }),
        ]),
      ),
    }),
  ),
  names: v.array(v.strictObject({ name: v.string(), refersTo: v.string() })),
});

/** A record that was checked: its plan and scenarios are whole. */
export interface ReadRecord extends Omit<v.InferOutput<typeof recordSchema>, 'document' | 'exchange'> {
  readonly plan: Plan;
  /** Those that stand beside the plan's own. */
  readonly scenarios: readonly Scenario[];
  /** The id of the scenario that was in force. */
  readonly active: string;
}

/** The record; undefined where the workbook is none of ours; a problem where it is and cannot be read. */
export function readRecord(workbook: ForeignWorkbook): ReadRecord | Problem<WorkbookProblemCode> | undefined {
  const sheet = workbook.sheets.find(({ name }) => name === RECORD_SHEET);
  const said = (column: number) => (sheet ? cellAt(sheet, 0, column)?.value : undefined);
  if (!sheet || said(0) !== 'tuiyan') return undefined;
  const format = said(1);
  if (typeof format === 'number' && format > RECORD_FORMAT)
    return problem('workbook_newer', {}, { format, known: RECORD_FORMAT });
  let text = '';
  for (let row = 1; row < sheet.rows; row += 1) {
    const chunk = cellAt(sheet, row, 0)?.value;
    text += typeof chunk === 'string' ? chunk.slice(1) : '';
  }
  const bytes = hashText(text, RECORD_HASH_DIGITS) === said(2) ? fromRecordText(text) : undefined;
  const opened = bytes && inflate(bytes, MAX_WORKBOOK_INFLATED_BYTES);
  if (format !== RECORD_FORMAT || !opened?.ok) return problem('workbook_record');
  return checked(new TextDecoder().decode(opened.bytes));
}

/** A right checksum says only that nothing was lost: a stranger can make one, too. */
function checked(text: string): ReadRecord | Problem<WorkbookProblemCode> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return problem('workbook_record');
    throw error;
  }
  const record = v.safeParse(recordSchema, json);
  if (!record.success) return problem('workbook_record');
  const { document, exchange: _, ...rest } = record.output;
  const plan = readPlan(document.plan);
  if (!plan.ok) return problem('workbook_record');
  const ids = new Set([...plan.value.scenarios, ...document.scenarios].map(({ id }) => id));
  const lines = new Set(plan.value.lines.map(({ id }) => id));
  const isWhole =
    rest.columns.every((id) => ids.has(id)) &&
    document.scenarios.every((one) =>
      [...(one.stack ?? []), ...(one.basedOn === undefined ? [] : [one.basedOn])].every((id) => ids.has(id)),
    ) &&
    rest.inputs.every(({ line, kinds }) => lines.has(line) && kinds.length === rest.columns.length);
  const active = document.scenario;
  if (!isWhole || active === undefined || !ids.has(active)) return problem('workbook_record');
  return { ...rest, plan: plan.value, scenarios: document.scenarios, active };
}
