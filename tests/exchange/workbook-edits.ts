/** What a person does to a workbook: numbers typed into cells, and the workbook read back to its end. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Plan, Scenario } from '#plan';
import { buildEngine } from '#engine';
import {
  compareOwn,
  readWorkbook,
  writeWorkbook,
  type ComparedWorkbook,
  type OwnWorkbook,
  type ReadWorkbook,
} from '#exchange';
import { loadWords, workbookWords } from '#words';

/** A content of a cell: a number, a text, a formula, or nothing. */
export type Typed = number | string | { readonly formula: string } | null;

/** Writes a workbook of a plan. */
export async function written(
  plan: Plan,
  scenarios: readonly Scenario[] = plan.scenarios,
  language: 'zh' | 'en' = 'en',
): Promise<Uint8Array> {
  const words = workbookWords(await loadWords(language));
  const active = scenarios[0]?.id ?? '';
  const known = [...plan.scenarios, ...scenarios];
  return (await writeWorkbook(buildEngine(plan), { scenarios, active, words, known })).bytes;
}

/** Types into cells of a sheet, counted from 1; a cell that is not there yet is put at the end of its row. */
export function typed(bytes: Uint8Array, sheet: number, cells: Readonly<Record<string, Typed>>): Uint8Array {
  const parts = unzipSync(bytes);
  const path = `xl/worksheets/sheet${sheet}.xml`;
  let xml = strFromU8(parts[path] as Uint8Array);
  for (const [address, content] of Object.entries(cells)) {
    const cell = new RegExp(`<c r="${address}"([^>]*?)( t="[a-zA-Z]+")?([^>]*?)(?:/>|>.*?</c>)`);
    const look = cell.exec(xml);
    const style = look ? `${look[1] ?? ''}${look[3] ?? ''}` : '';
    const text = cellXml(address, style, content);
    if (look) xml = xml.replace(cell, () => text);
    else {
      const row = new RegExp(`(<row r="${/\d+/.exec(address)?.[0] ?? ''}"[^>]*>)(.*?)(</row>)`);
      if (!row.test(xml)) throw new Error(`there is no row for ${address}`);
      xml = xml.replace(row, (_, start: string, rest: string, end: string) => start + rest + text + end);
    }
  }
  parts[path] = strToU8(xml);
  return zipSync(parts, { level: 1 });
}

function cellXml(address: string, style: string, content: Typed): string {
  if (content === null) return `<c r="${address}"${style}/>`;
  if (typeof content === 'number') return `<c r="${address}"${style}><v>${content}</v></c>`;
  if (typeof content === 'string')
    return `<c r="${address}"${style} t="inlineStr"><is><t>${content}</t></is></c>`;
  return `<c r="${address}"${style}><f>${content.formula}</f></c>`;
}

/** Reads a workbook to the end. */
export async function read(bytes: Uint8Array): Promise<ReadWorkbook> {
  const reading = readWorkbook(bytes);
  let step = await reading.next();
  while (!step.done) step = await reading.next();
  return step.value;
}

/** Reads a workbook that must be one of ours, and compares it; `plans` are those at hand. */
export async function compared(bytes: Uint8Array, plans: readonly Plan[]): Promise<ComparedWorkbook> {
  const result = await read(bytes);
  if (!result.ok || result.value.kind !== 'own') throw new Error(JSON.stringify(result).slice(0, 500));
  const { record } = result.value;
  const comparing = compareOwn(
    result.value,
    plans.find(({ id }) => id === record.plan.id),
  );
  let step = comparing.next();
  while (!step.done) step = comparing.next();
  return step.value;
}

/** Reads a workbook of ours that must have its place. */
export async function readOwn(bytes: Uint8Array, plans: readonly Plan[]): Promise<OwnWorkbook> {
  const result = await compared(bytes, plans);
  if (!result.ok) throw new Error(JSON.stringify(result).slice(0, 500));
  return result.value;
}
