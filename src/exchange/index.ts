/** Bytes ⇄ plan: scenario file, bundle, link, table, workbook. An import is a value to look at; nothing here writes anything. */
export type { ImportProblemCode, LinkProblemCode, TableProblemCode, WorkbookProblemCode } from './problem.ts';
export {
  hashPlan,
  isSameLesson,
  toBundle,
  toScenarioFile,
  writeBundle,
  writeLessonFile,
  writeScenarioFile,
} from './document/exchange-document.ts';
export type { Bundle, ExchangeDocument, PlanReference, ScenarioFile } from './document/exchange-document.ts';
export { hashText } from './document/content-hash.ts';
export { MAX_BUNDLE_BYTES, MAX_LESSONS } from './limits.ts';
export { readFile, readLessonFile } from './document/read-document.ts';
export type { DocumentProblem, ReadDocument, ReadLessonFile } from './document/read-document.ts';
export { placeImport } from './document/place-import.ts';
export type { Import, PlacedImport, PlacingProblem } from './document/place-import.ts';
export { hasLink, readGiven, readLink, writeLink } from './link/link.ts';
export type { ReadLink, WrittenLink } from './link/link.ts';
export { applyChoices, chooseAll, findScenarioDifference, mergeScenario } from './difference/merge.ts';
export { commonAncestor, hasOneOrigin, originMark } from './difference/scenario-origin.ts';
export type { DifferenceItem, Merge, MergedScenario, MergeItem, Side } from './difference/merge.ts';
export type { ScenarioItem } from './difference/scenario-items.ts';
export { findPlanDifference, summarizePlanDifference } from './difference/plan-difference.ts';
export type {
  PlanChange,
  PlanDifference,
  PlanGroup,
  PlanPart,
  PlanSaying,
} from './difference/plan-difference.ts';
export { differenceRows, mergeRows } from './difference/difference-rows.ts';
export type { DifferenceGroup, DifferenceRow, MergeRow } from './difference/difference-rows.ts';
export { toPatches } from './difference/scenario-patches.ts';
export { toAddition } from './difference/add-as-new.ts';
export type { Addition } from './difference/add-as-new.ts';
export { printTable, readTable, writeTable } from './table/text-table.ts';
export type {
  CellToWrite,
  ReadTable,
  Table,
  TableCell,
  TableEncoding,
  TableReading,
  TableWriting,
} from './table/text-table.ts';
export type { Delimiter } from './table/delimited-text.ts';
export type { DecimalSign } from './table/number-cell.ts';
export { readPeriodTable } from './table/period-table.ts';
export type { PeriodRow, PeriodTable, ReadPeriodTable } from './table/period-table.ts';
export { matchLines, toPlanTable } from './table/plan-table.ts';
export type { MatchedRow, MatchedTable, PlanTableContent } from './table/plan-table.ts';
export { composeWorkbook, packWorkbook, writeWorkbook } from './workbook/write-workbook.ts';
export type { ComposedWorkbook, WorkbookRequest } from './workbook/write-workbook.ts';
export type { WorkbookLabel, WorkbookWords } from './workbook/workbook-words.ts';
export type { KeptCell } from './workbook/model-cells.ts';
export type { KeptReason } from './workbook/untranslatable.ts';
export { compareOwn, newsOf, readWorkbook } from './workbook-in/read-workbook.ts';
export type {
  ComparedWorkbook,
  ForeignFile,
  OwnFile,
  OwnWorkbook,
  ReadWorkbook,
} from './workbook-in/read-workbook.ts';
export type { ChangedInput } from './workbook-in/own-differences.ts';
export type { ForeignCell, ForeignSheet, ForeignWorkbook } from './workbook-in/foreign-sheet.ts';
export { readModel } from './workbook-in/read-model.ts';
export type { ModelReading, ReadModel, TakenModel } from './workbook-in/read-model.ts';
export type { ModelProblem } from './workbook-in/model-lines.ts';
export type { ChosenHead, HeadCandidate, SheetHead } from './workbook-in/find-periods.ts';
export { toTable, toTurnedTable } from './workbook-in/sheet-table.ts';
