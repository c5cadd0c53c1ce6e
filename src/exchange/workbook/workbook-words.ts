/** What the workbook says, given by who writes it: this room knows no language but the one it is handed. */
import type { Unit } from '#quantity';
import type { Localized } from '#plan';
import type { KeptReason } from './untranslatable.ts';

/** Every fixed text of the workbook. */
export type WorkbookLabel =
  | 'scenario'
  | 'name'
  | 'otherName'
  | 'unit'
  | 'id'
  | 'what'
  | 'from'
  | 'to'
  | 'inForce'
  | 'slotLevel'
  | 'slotValue'
  | 'slotAdd'
  | 'slotScale'
  | 'slotGrowth'
  | 'driversHint'
  | 'chooseTitle'
  | 'chooseMessage'
  | 'chooseRefusal'
  | 'modelHint'
  | 'targetsHint'
  | 'line'
  | 'period'
  | 'comparator'
  | 'target'
  | 'upTo'
  | 'direction'
  | 'atLeast'
  | 'atMost'
  | 'near'
  | 'tolerance'
  | 'decimals'
  | 'projected'
  | 'gap'
  | 'status'
  | 'met'
  | 'missed'
  | 'unknown'
  | 'about'
  | 'range'
  | 'asPrinted'
  | 'place'
  | 'note'
  | 'issuer'
  | 'number'
  | 'date'
  | 'source'
  | 'version'
  | 'figures'
  | 'value'
  | 'origin'
  | 'printed'
  | 'derived'
  | 'assumed'
  | 'lineNotes'
  | 'scenarios'
  | 'kept'
  | 'keptNone'
  | 'reason';

/** The words of one workbook. */
export interface WorkbookWords {
  /** The first of the two languages in which every line is named. */
  readonly language: keyof Localized;
  /** Names of the sheets: at most 31 characters, none of `[ ] : * ? / \`, each once. */
  readonly sheets: Readonly<Record<'drivers' | 'model' | 'targets' | 'sources', string>>;
  readonly labels: Readonly<Record<WorkbookLabel, string>>;
  /** Name of a unit as a plan writes it. */
  unit(text: Unit['text']): string;
  /** Why a cell keeps its value; `subject` is the function in the way. */
  kept(reason: KeptReason, subject: string): string;
}

/** A text in the workbook’s language. */
export function said(words: WorkbookWords, text: Localized): string {
  return text[words.language];
}

/** A text in the other language. */
export function saidOtherwise(words: WorkbookWords, text: Localized): string {
  return text[words.language === 'zh' ? 'en' : 'zh'];
}
