/** What the referee does to a workbook before it is calculated, and how its cells are compared with the engine. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Workbook } from 'hucre/xlsx';
import type { Value } from '#quantity';
import type { Calculation } from '#engine';
import type { Plan } from '#plan';

/** Removes every value that a formula is said to have: what is there afterwards was calculated. */
export function withoutCachedValues(bytes: Uint8Array): Uint8Array {
  return rewritten(bytes, (xml) => {
    const bare = xml.replace(
      /<c ([^>]*?)( t="(?:str|e|b|n)")?([^>]*)>(<f>[^<]*<\/f>)<v>[^<]*<\/v><\/c>/g,
      '<c $1$3>$4</c>',
    );
    if (bare.includes('</f><v>')) throw new Error('a formula still has a value');
    return bare;
  });
}

/** Types a number into a cell of the first sheet, over whatever stands there. */
export function withNumber(bytes: Uint8Array, address: string, value: number): Uint8Array {
  let changed = 0;
  const cell = new RegExp(`<c r="${address}"([^>]*?)(?: t="[a-z]+")?(?:/>|>.*?</c>)`);
  const result = rewritten(bytes, (xml, path) => {
    if (path !== 'xl/worksheets/sheet1.xml') return xml;
    return xml.replace(cell, (_, look: string) => {
      changed += 1;
      return `<c r="${address}"${look}><v>${value}</v></c>`;
    });
  });
  if (changed !== 1) throw new Error(`there is no cell ${address}`);
  return result;
}

/** Chooses another scenario, as a person would in the selector’s cell, B3 of the first sheet. */
export function withScenario(bytes: Uint8Array, name: string): Uint8Array {
  let changed = 0;
  const result = rewritten(bytes, (xml, path) => {
    if (path !== 'xl/worksheets/sheet1.xml') return xml;
    return xml.replace(
      /<c r="B3"([^>]*?) t="s"([^>]*)><v>\d+<\/v><\/c>/,
      (_, before: string, after: string) => {
        changed += 1;
        return `<c r="B3"${before}${after} t="inlineStr"><is><t>${name}</t></is></c>`;
      },
    );
  });
  if (changed !== 1) throw new Error('the selector was not found');
  return result;
}

function rewritten(bytes: Uint8Array, change: (xml: string, path: string) => string): Uint8Array {
  const parts = unzipSync(bytes);
  for (const path of Object.keys(parts)) {
    if (/^xl\/worksheets\/sheet\d+\.xml$/.test(path)) {
      parts[path] = strToU8(change(strFromU8(parts[path] as Uint8Array), path));
    }
  }
  return zipSync(parts);
}

/** What differs between a workbook and the engine. */
export interface Comparison {
  readonly cells: number;
  /** Largest relative difference, near zero the absolute one a thousandfold. */
  readonly largest: number;
  readonly differences: readonly string[];
}

/** Compares every cell of the sheet of the model with the engine. */
export function compareModel(workbook: Workbook, plan: Plan, calculation: Calculation): Comparison {
  const sheet = workbook.sheets[1];
  if (!sheet) throw new Error('there is no sheet of the model');
  const rows = new Map(sheet.rows.map((row) => [row[3], row]));
  const differences: string[] = [];
  let [cells, largest] = [0, 0];
  for (const line of plan.lines) {
    const row = rows.get(line.id);
    calculation.series(line.id).forEach((value, index) => {
      const found = row?.[4 + index] ?? null;
      cells += 1;
      const difference = differenceOf(value, found);
      if (difference > 1e-9) {
        differences.push(
          `${line.id} ${plan.periods.first + index}: ${text(value)} in the engine, ${String(found)} in the workbook`,
        );
      } else largest = Math.max(largest, difference);
    });
  }
  return { cells, largest, differences };
}

/** The relative difference of two numbers; absolute below 1e-12; infinite where one of them is none. */
function differenceOf(value: Value, found: unknown): number {
  const isError = typeof found === 'string' && found.startsWith('#');
  if (value === null) return found === null || found === '' ? 0 : Infinity;
  if (typeof value !== 'number') return isError ? 0 : Infinity;
  if (typeof found !== 'number') return Infinity;
  const distance = Math.abs(value - found);
  return distance <= 1e-12 ? 0 : distance / Math.max(Math.abs(value), Math.abs(found));
}

function text(value: Value): string {
  return value === null
    ? 'missing'
    : typeof value === 'number'
      ? String(value)
      : `${value.code} ${value.reason}`;
}
