/** Workbooks that others could have written, and the models that are taken from them. */
import type { WriteSheet } from 'hucre/xlsx';
import { readModel, type ForeignFile, type ModelReading, type ReadModel, type TakenModel } from '#exchange';
import { foreignBytes, type Rows } from '#tests/foreign-workbook';
import { read } from './workbook-edits.ts';

export const both = (text: string) => ({ zh: text, en: text });
const PLAIN: ModelReading = { id: 'taken', title: both('taken'), scenarioName: both('plan') };

export async function foreign(bytes: Uint8Array): Promise<ForeignFile> {
  const result = await read(bytes);
  if (!result.ok || result.value.kind !== 'foreign') throw new Error(JSON.stringify(result).slice(0, 300));
  return result.value;
}

export function modelOf({ workbook }: ForeignFile, reading: Partial<ModelReading> = {}): ReadModel {
  const work = readModel(workbook, { ...PLAIN, ...reading });
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value;
}

export function taken(file: ForeignFile, reading: Partial<ModelReading> = {}): TakenModel {
  const result = modelOf(file, reading);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.model;
}

export const formulas = ({ plan }: TakenModel) =>
  Object.fromEntries(plan.lines.map(({ id, formula }) => [id, formula]));
export const said = ({
  problems,
}: {
  problems: readonly { code: string; args: Readonly<Record<string, unknown>> }[];
}) => problems.map(({ code, args }) => [code, args['cell'] ?? args['row'] ?? args['sheet']].join(' ').trim());

/** A sheet by rows; `more` says what else the sheet has. */
export function workbookOf(rows: Rows, more: Partial<WriteSheet> = {}, names: NamedRanges = []) {
  return workbooksOf({ S: rows }, names, more);
}

type NamedRanges = Parameters<typeof foreignBytes>[1];

/** Sheets by name, each by rows. */
export async function workbooksOf(...given: Parameters<typeof foreignBytes>) {
  return foreign(await foreignBytes(...given));
}
