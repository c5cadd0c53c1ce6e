/** What is asked of a workbook that was given: what it is, what was changed in one of ours, a sheet as a table, a model. */
import type { Problem } from '#quantity';
import type { Plan, Scenario } from '#plan';
import {
  compareOwn,
  newsOf,
  readModel,
  readWorkbook,
  type ForeignFile,
  type ForeignSheet,
  type Import,
  type ModelReading,
  type ReadModel,
  type ReadWorkbook,
} from '#exchange';
import type { ChangedWorkbook, Given, Looked } from '#session';

/** Reads a workbook when it is first asked for, and remembers it. */
export type OpenWorkbook = () => AsyncGenerator<number, ReadWorkbook>;

/** How a file of a workbook begins: an archive, also an empty one, or the container of older ones and of those with a password. */
const BEGINNINGS = [
  [0x50, 0x4b],
  [0xd0, 0xcf, 0x11, 0xe0],
];

const NAMES = /\.(?:xls[xmb]?|xlt[xm]?|ods|numbers)$/i;

/** Whether a file says by its bytes or its name that it is a workbook, of whatever kind. */
export function isWorkbook({ name = '', content }: Given): boolean {
  if (typeof content === 'string' || content.length === 0) return false;
  return (
    NAMES.test(name) || BEGINNINGS.some((bytes) => bytes.every((byte, index) => content[index] === byte))
  );
}

/** Remembers what was read of the bytes. */
export function rememberWorkbook(content: Uint8Array | string): OpenWorkbook {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  let read: ReadWorkbook | undefined;
  return async function* () {
    return (read ??= yield* readWorkbook(bytes));
  };
}

/** One of ours is a document like a scenario file; of any other the sheets are told. */
export async function* lookAtWorkbook(open: OpenWorkbook): AsyncGenerator<number, Looked> {
  const read = yield* open();
  if (!read.ok) return { kind: 'refused', problems: read.problems };
  const { value } = read;
  if (value.kind === 'own') return { kind: 'document', plan: value.record.plan.id, problems: [] };
  const sheets = value.workbook.sheets.map(({ name, isHidden, cells }) => ({
    name,
    isHidden,
    cellCount: cells.size,
    formulaCount: [...cells.values()].filter(({ formula }) => formula !== undefined).length,
  }));
  return { kind: 'workbook', sheets, problems: value.problems };
}

/** What arrives with a workbook of ours, placed, and what was done in it. */
type PlacedWorkbook =
  | { readonly ok: true; readonly value: Import; readonly workbook: ChangedWorkbook }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Compares a workbook of ours and keeps what is news here. */
export async function* placeWorkbook(
  open: OpenWorkbook,
  known: Plan | undefined,
  own: readonly Scenario[],
): AsyncGenerator<number, PlacedWorkbook> {
  const read = yield* open();
  if (!read.ok) return read;
  if (read.value.kind === 'foreign') throw new Error('a workbook of others was asked for its place');
  const compared = yield* compareOwn(read.value, known);
  if (!compared.ok) return compared;
  const { written, changed, inputs, problems } = compared.value;
  return { ok: true, value: newsOf(compared.value, own), workbook: { written, changed, inputs, problems } };
}

/** A sheet by its name. Fails: throws where the workbook has none of that name, or cannot be read. */
export async function* sheetOf(open: OpenWorkbook, name: string): AsyncGenerator<number, ForeignSheet> {
  const { workbook } = yield* foreignFile(open);
  const sheet = workbook.sheets.find((one) => one.name === name);
  if (!sheet) throw new Error(`no sheet ${name}`);
  return sheet;
}

/** Reads a model out of a workbook of others. */
export async function* modelOf(open: OpenWorkbook, reading: ModelReading): AsyncGenerator<number, ReadModel> {
  const { workbook } = yield* foreignFile(open);
  return yield* readModel(workbook, reading);
}

async function* foreignFile(open: OpenWorkbook): AsyncGenerator<number, ForeignFile> {
  const read = yield* open();
  if (!read.ok || read.value.kind !== 'foreign') throw new Error('no workbook of others');
  return read.value;
}
