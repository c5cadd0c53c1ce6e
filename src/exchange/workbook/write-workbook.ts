/** A plan with its scenarios as a workbook whose formulas live. */
import type { Scenario } from '#plan';
import type { Engine } from '#engine';
import { addressOn } from './address.ts';
import { buildDriversSheet, scenarioRecords } from './drivers-sheet.ts';
import { finishArchive } from './finish-archive.ts';
import { planLine } from './input-rows.ts';
import { BLANK, DRIVERS, SELECTED, buildLayout, type Layout } from './layout.ts';
import { translateModel, type KeptCell } from './model-cells.ts';
import { buildModelSheet } from './model-sheet.ts';
import { buildRecordSheet } from './record-sheet.ts';
import { buildRuleTable } from './rule-table.ts';
import type { DefinedName, Workbook } from './sheet.ts';
import { buildSourcesSheet } from './sources-sheet.ts';
import { buildTargetsSheet } from './targets-sheet.ts';
import { said, type WorkbookWords } from './workbook-words.ts';

/** What a workbook is made of. */
export interface WorkbookRequest {
  /** One column each, in this order; at least one. */
  readonly scenarios: readonly Scenario[];
  /** Id of the scenario that is in force when the workbook is opened; one of `scenarios`. */
  readonly active: string;
  /** Scenarios that those may build on; without them the plan's own. */
  readonly known?: readonly Scenario[];
  readonly words: WorkbookWords;
}

/** A workbook that is composed and not yet written. */
export interface ComposedWorkbook {
  readonly workbook: Workbook;
  /** Cells that keep their values because Excel has no faithful formula; listed on the sheet of sources too. */
  readonly kept: readonly KeptCell[];
}

/**
 * Composes the workbook; yields the share that is done, and may be stopped between.
 *
 * Fails: throws when `scenarios` is empty or lacks `active`.
 */
export function* composeWorkbook(
  engine: Engine,
  request: WorkbookRequest,
): Generator<number, ComposedWorkbook> {
  const { scenarios, active: activeId, known = engine.plan.scenarios, words } = request;
  const active = scenarios.findIndex(({ id }) => id === activeId);
  if (active < 0) throw new Error(`no scenario ${activeId} among those of the workbook`);
  const columns = scenarios.map((scenario) => ({ scenario, calculation: engine.calculate(scenario, known) }));
  const table = buildRuleTable(engine, columns);
  const lines = engine.plan.lines.map((_, line) => planLine(table, line));
  const layout = buildLayout(engine.plan, lines, words);
  const model = yield* translateModel(table, lines, layout);
  const sheets = [
    buildDriversSheet(engine, table, layout, model, active),
    buildModelSheet(engine, table, layout, model, active),
    buildTargetsSheet(engine, table, layout, active),
    buildSourcesSheet(engine, table, layout, model.kept),
  ];
  const names = namesOf(layout);
  const written = { columns: scenarios, known, active: activeId };
  const workbook: Workbook = {
    title: said(words, engine.plan.title),
    sheets: [...sheets, buildRecordSheet(engine.plan, written, layout, sheets, names)],
    names,
    records: scenarioRecords(table, layout),
    active,
  };
  return { workbook, kept: model.kept };
}

function namesOf(layout: Layout): DefinedName[] {
  const { drivers } = layout.words.sheets;
  return [
    { name: layout.selected, refersTo: addressOn(drivers, SELECTED) },
    { name: layout.blank, refersTo: addressOn(drivers, BLANK) },
    ...layout.inputEntries.flatMap((entry): DefinedName[] => {
      const name = entry.kind === 'row' ? layout.inputName(entry.row) : undefined;
      if (entry.kind !== 'row' || name === undefined) return [];
      return [
        { name, refersTo: addressOn(drivers, { row: layout.inputRow(entry.row), column: DRIVERS.live }) },
      ];
    }),
  ];
}

/** Writes a composed workbook. Shape: the bytes of an `.xlsx` file, for a person to save. */
export async function packWorkbook({ workbook }: ComposedWorkbook): Promise<Uint8Array> {
  // the library arrives with the first workbook that is written, not with the page
  const { packSheets } = await import('./hucre-adapter.ts');
  return finishArchive(await packSheets(workbook), workbook);
}

/** Composes and writes a workbook at one go, for plans of ordinary size. */
export async function writeWorkbook(
  engine: Engine,
  request: WorkbookRequest,
): Promise<{ bytes: Uint8Array; kept: readonly KeptCell[] }> {
  const composing = composeWorkbook(engine, request);
  let step = composing.next();
  while (!step.done) step = composing.next();
  return { bytes: await packWorkbook(step.value), kept: step.value.kept };
}
