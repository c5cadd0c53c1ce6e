/**
 * The archive of a workbook, opened with limits: sizes are counted while inflating, whatever the archive says of itself, and
 * only the parts that hold cells come through. Macros, links, pictures and whatever else it carries are left in it unopened.
 */
import { zipSync } from 'fflate';
import { problem, warning, type Problem } from '#quantity';
import { inflate } from '../link/deflate.ts';
import {
  MAX_WORKBOOK_BYTES,
  MAX_WORKBOOK_CELLS,
  MAX_WORKBOOK_INFLATED_BYTES,
  MAX_WORKBOOK_PARTS,
  MAX_WORKBOOK_SLOTS,
} from '../limits.ts';
import type { WorkbookProblemCode } from '../problem.ts';

/** Either a plain archive with the parts that are read, or why there is none. */
export type OpenedArchive =
  | {
      readonly ok: true;
      readonly archive: Uint8Array;
      /** What the workbook carries that is not taken. */
      readonly problems: readonly Problem<WorkbookProblemCode>[];
    }
  | { readonly ok: false; readonly problems: readonly Problem<WorkbookProblemCode>[] };

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packed: Uint8Array;
}

const WANTED =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/_rels\/workbook\.xml\.rels|xl\/(?:workbook|sharedStrings|styles)\.xml|xl\/worksheets\/[^/]+\.xml)$/i;

/** Most columns and rows of a sheet. */
const [MAX_ROWS, MAX_COLUMNS] = [1_048_576, 16_384];

/** Opens the archive of a workbook; yields the share that is done. */
export function* openArchive(bytes: Uint8Array): Generator<number, OpenedArchive> {
  const refuse = (code: WorkbookProblemCode, args: Readonly<Record<string, string | number>> = {}) => ({
    ok: false as const,
    problems: [problem(code, {}, args)],
  });
  const megabytes = (count: number) => String(Math.round(count / 100_000) / 10);
  if (bytes.length > MAX_WORKBOOK_BYTES)
    return refuse('workbook_too_large', {
      size: megabytes(bytes.length),
      limit: megabytes(MAX_WORKBOOK_BYTES),
    });
  // older workbooks, and those behind a password, are no archives but begin so
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    return refuse(holdsText(bytes, 'EncryptedPackage') ? 'workbook_password' : 'workbook_old_format');
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return refuse('workbook_not_one');
  const entries = readDirectory(bytes);
  if (!entries) return refuse('workbook_damaged');
  if (entries.length > MAX_WORKBOOK_PARTS)
    return refuse('workbook_too_many_parts', { limit: MAX_WORKBOOK_PARTS });
  const wanted = entries.filter(({ path }) => WANTED.test(path));
  if (!wanted.some(({ path }) => path.toLowerCase() === 'xl/workbook.xml')) {
    const format = formatOf(entries);
    return format === undefined ? refuse('workbook_not_one') : refuse('workbook_other_format', { format });
  }

  const parts: Record<string, Uint8Array> = {};
  let [inflated, cells, slots] = [0, 0, 0];
  for (const [position, entry] of wanted.entries()) {
    if (entry.isEncrypted) return refuse('workbook_password');
    const opened =
      entry.method === 0
        ? { ok: true as const, bytes: entry.packed }
        : entry.method === 8
          ? inflate(entry.packed, MAX_WORKBOOK_INFLATED_BYTES - inflated)
          : { ok: false as const, reason: 'damaged' as const };
    if (!opened.ok && opened.reason === 'damaged') return refuse('workbook_damaged');
    if (!opened.ok || inflated + opened.bytes.length > MAX_WORKBOOK_INFLATED_BYTES)
      return refuse('workbook_inflated', { limit: megabytes(MAX_WORKBOOK_INFLATED_BYTES) });
    inflated += opened.bytes.length;
    const text = new TextDecoder().decode(opened.bytes);
    // a workbook has no use for it, and its only use elsewhere is harm
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return refuse('workbook_doctype');
    if (/^xl\/worksheets\//i.test(entry.path)) {
      const extent = measure(text, MAX_WORKBOOK_CELLS - cells);
      if (!extent) return refuse('workbook_damaged');
      cells += extent.cells;
      slots += extent.slots;
      if (cells > MAX_WORKBOOK_CELLS || slots > MAX_WORKBOOK_SLOTS)
        return refuse('workbook_too_many_cells', { limit: MAX_WORKBOOK_CELLS });
    }
    parts[entry.path] = opened.bytes;
    yield (position + 1) / wanted.length;
  }
  const charts = withoutCharts(parts);
  const carries = (pattern: RegExp) => entries.some(({ path }) => pattern.test(path));
  return {
    ok: true,
    archive: zipSync(parts, { level: 0 }),
    problems: [
      ...charts.map((sheet) => warning('workbook_sheet_chart' as const, {}, { sheet })),
      ...(carries(/vbaProject|xl\/macrosheets\//i) ? [warning('workbook_macros' as const)] : []),
      ...(carries(/^xl\/(?:externalLinks|connections)/i) ? [warning('workbook_links' as const)] : []),
    ],
  };
}

/** The workbook format of an archive that is no .xlsx; undefined where it is none that is known. */
function formatOf(entries: readonly Entry[]): string | undefined {
  const has = (path: string) => entries.some((one) => one.path === path);
  if (has('xl/workbook.bin')) return '.xlsb';
  if (has('content.xml') && has('META-INF/manifest.xml')) return '.ods';
  return has('Index/Document.iwa') ? '.numbers' : undefined;
}

/** Kinds of sheets that hold no cells: charts, dialogs, and the macros of old. */
const CELLLESS = /\/(?:chartsheet|dialogsheet|xlMacrosheet|xlIntlMacrosheet)$/i;

/**
 * Puts an empty sheet in the place of each that holds no cells, so that all others keep their numbers; answers their names.
 * The parts are changed.
 */
function withoutCharts(parts: Record<string, Uint8Array>): string[] {
  const path = Object.keys(parts).find((one) => one.toLowerCase() === 'xl/_rels/workbook.xml.rels');
  const relations = path === undefined ? undefined : parts[path];
  if (path === undefined || !relations) return [];
  const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  const replaced = new Set<string>();
  const text = new TextDecoder().decode(relations).replace(/<(?:\w+:)?Relationship\b[^>]*>/g, (tag) => {
    const type = attribute(tag, 'Type');
    if (!CELLLESS.test(type)) return tag;
    replaced.add(attribute(tag, 'Id'));
    const target = `worksheets/replaced${replaced.size}.xml`;
    parts[`xl/${target}`] = EMPTY_SHEET;
    return tag
      .replace(type, type.replace(CELLLESS, '/worksheet'))
      .replace(/\sTarget="[^"]*"/, ` Target="${target}"`);
  });
  if (replaced.size === 0) return [];
  parts[path] = new TextEncoder().encode(text);
  const workbook = Object.entries(parts).find(([one]) => one.toLowerCase() === 'xl/workbook.xml')?.[1];
  const sheets = new TextDecoder().decode(workbook).match(/<(?:\w+:)?sheet\s[^>]*>/g) ?? [];
  return sheets
    .filter((tag) => replaced.has(attribute(tag, '\\w+:id')))
    .map((tag) => plainText(attribute(tag, 'name')));
}

const EMPTY_SHEET = new TextEncoder().encode(
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>',
);

/** The characters that an attribute writes as entities. */
function plainText(text: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => entities[name] ?? whole);
}

/** Whether the name of a stream, in characters of two bytes, stands somewhere in the bytes. */
function holdsText(bytes: Uint8Array, text: string): boolean {
  const wanted = Array.from(text, (character) => character.charCodeAt(0));
  for (
    let start = bytes.indexOf(wanted[0] ?? 0);
    start !== -1;
    start = bytes.indexOf(wanted[0] ?? 0, start + 1)
  )
    if (
      wanted.every((code, index) => bytes[start + 2 * index] === code && bytes[start + 2 * index + 1] === 0)
    )
      return true;
  return false;
}

/** The entries by the directory at the end; undefined where there is none that holds. */
function readDirectory(bytes: Uint8Array): Entry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [END, LISTED, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
  let end = bytes.length - 22;
  const lowest = Math.max(0, bytes.length - 22 - 65_535);
  while (end >= lowest && view.getUint32(end, true) !== END) end -= 1;
  if (end < lowest) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: Entry[] = [];
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== LISTED) return undefined;
    const size = view.getUint32(at + 20, true);
    const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
      number,
      number,
      number,
    ];
    const local = view.getUint32(at + 42, true);
    if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL) return undefined;
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (start + size > bytes.length) return undefined;
    entries.push({
      path: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)).replaceAll('\\', '/'),
      method: view.getUint16(at + 10, true),
      isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
      packed: bytes.subarray(start, start + size),
    });
    at += 46 + name + extra + comment;
  }
  return entries;
}

/** Counts the cells of a sheet and the slots of its rows; undefined where an address is none. */
function measure(xml: string, most: number): { cells: number; slots: number } | undefined {
  const widths = new Map<number, number>();
  let [cells, lowest] = [0, 0];
  for (const [tag] of xml.matchAll(/<(?:\w+:)?c[\s/>][^>]*/g)) {
    cells += 1;
    if (cells > most) break;
    const place = /\sr="\$?([A-Z]{1,3})\$?(\d{1,7})"/.exec(tag);
    if (!place) continue;
    const [, letters = '', digits = ''] = place;
    const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    const row = Number(digits);
    if (row < 1 || row > MAX_ROWS || column > MAX_COLUMNS) return undefined;
    lowest = Math.max(lowest, row);
    widths.set(row, Math.max(widths.get(row) ?? 0, column));
  }
  return { cells, slots: [...widths.values()].reduce((sum, width) => sum + width, lowest) };
}
