/** Puts together a module of functions over one memory that it imports. */
import { Bytes } from './bytes.ts';
import { OP, TYPE, type ValueType } from './opcode.ts';

/** What goes in and what comes out. */
export interface Signature {
  readonly takes: readonly ValueType[];
  readonly gives: readonly ValueType[];
}

/** A function: its signature, the types of its locals after the parameters, and its instructions without the last `end`. */
export interface FunctionBody {
  readonly signature: Signature;
  readonly locals: readonly ValueType[];
  readonly code: Bytes;
  /** The name under which it can be called from outside. */
  readonly name?: string;
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const SECTION = { type: 1, import: 2, function: 3, export: 7, code: 10 } as const;
const FUNCTION_TYPE = 0x60;
const KIND = { function: 0x00, table: 0x01, memory: 0x02 } as const;
const FUNCTION_REFERENCE = 0x70;

/** Module and name under which the memory is given to a module. */
export const MEMORY_IMPORT = { module: 'plan', name: 'cells' } as const;

/** Module and name under which functions to be called by number are given to one. */
export const TABLE_IMPORT = { module: 'plan', name: 'functions' } as const;

/**
 * The bytes of a module; its functions are numbered in their order. With `called` it takes a table of functions that have
 * this signature: type 0.
 */
export function buildModule(functions: readonly FunctionBody[], called?: Signature): Uint8Array<ArrayBuffer> {
  const types = new Map<string, number>();
  const typeList: Signature[] = [];
  const typeOf = (signature: Signature): number => {
    const key = `${signature.takes.join()}>${signature.gives.join()}`;
    const known = types.get(key) ?? typeList.push(signature) - 1;
    types.set(key, known);
    return known;
  };
  if (called) typeOf(called);
  const numbers = functions.map(({ signature }) => typeOf(signature));

  const module = new Bytes().all(HEADER);
  const section = (id: number, items: readonly Bytes[]) => {
    const inner = new Bytes().unsigned(items.length);
    for (const item of items) inner.all(item.toArray());
    module.byte(id).sized(inner);
  };
  section(
    SECTION.type,
    typeList.map(({ takes, gives }) => typeRow(new Bytes().byte(FUNCTION_TYPE), takes, gives)),
  );
  // no upper limit, and at least nothing: what is given is always large enough
  const anySize = (bytes: Bytes) => bytes.byte(0).unsigned(0);
  const imported = ({ module, name }: typeof MEMORY_IMPORT | typeof TABLE_IMPORT) =>
    new Bytes().text(module).text(name);
  section(SECTION.import, [
    anySize(imported(MEMORY_IMPORT).byte(KIND.memory)),
    ...(called ? [anySize(imported(TABLE_IMPORT).byte(KIND.table).byte(FUNCTION_REFERENCE))] : []),
  ]);
  section(
    SECTION.function,
    numbers.map((type) => new Bytes().unsigned(type)),
  );
  section(
    SECTION.export,
    functions.flatMap(({ name }, number) =>
      name === undefined ? [] : [new Bytes().text(name).byte(KIND.function).unsigned(number)],
    ),
  );
  section(SECTION.code, functions.map(bodyOf));
  return module.toArray();
}

function typeRow(into: Bytes, takes: readonly ValueType[], gives: readonly ValueType[]): Bytes {
  for (const side of [takes, gives]) {
    into.unsigned(side.length);
    for (const type of side) into.byte(TYPE[type]);
  }
  return into;
}

function bodyOf({ locals, code }: FunctionBody): Bytes {
  const runs: { type: ValueType; count: number }[] = [];
  for (const type of locals) {
    const last = runs.at(-1);
    if (last?.type === type) last.count += 1;
    else runs.push({ type, count: 1 });
  }
  const inner = new Bytes().unsigned(runs.length);
  for (const { type, count } of runs) inner.unsigned(count).byte(TYPE[type]);
  inner.all(code.toArray()).byte(OP.end);
  return new Bytes().sized(inner);
}
