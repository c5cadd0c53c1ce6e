/**
 * A plan for many samples as one straight loop in JavaScript, as somebody writes it who knows the plan: every cell that
 * the drivers reach is a constant of the loop's body, everything else is a number. Missing values and failures are NaN, which
 * is carried: a sum leaves it out, a divisor of zero makes it.
 *
 * The text is written into a file and loaded from there as a module: nothing is made from text in place.
 */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { CellPlace, Compiled, Engine } from '#engine';

type Code = NonNullable<Compiled['code']>;
type Instruction = Code['instructions'][number];
/** What an instruction comes to: the text of one number, or of several. */
type Text = string | readonly string[];

/** Calculates so many samples: a column for each driver, and one to be filled for each output. */
export type FusedLoop = (
  count: number,
  columns: readonly Float64Array[],
  outputs: readonly Float64Array[],
) => void;

/** What the loop calls; the rest is operators. */
const HELPERS = `
const sum = (...items) => { let all = 0; for (const one of items) if (one === one) all += one; return all; };
const least = (...items) => { let all = Infinity; for (const one of items) if (one < all) all = one; return all; };
const greatest = (...items) => { let all = -Infinity; for (const one of items) if (one > all) all = one; return all; };
const divide = (a, b) => b === 0 ? NaN : a / b;
const between = (x, x0, x1, y0, y1) => x <= x0 ? y0 : x >= x1 ? y1 : y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
`;

/** Writes the loop for a plan whose drivers are set, all of them, in the forecast. */
export function printFusedLoop(
  engine: Engine,
  drivers: readonly string[],
  outputs: readonly CellPlace[],
): string {
  const { plan } = engine;
  const [scenario] = plan.scenarios;
  if (!scenario) throw new Error('the plan has no scenario');
  const calculation = engine.calculate(scenario);
  const { first, base } = plan.periods;
  const body: string[] = [];
  const known = new Map<string, string>();
  const idOf = (line: number) => plan.lines[line]?.id ?? '';

  const numberAt = (line: string, period: number) => {
    const value = calculation.value(line, period);
    return typeof value === 'number' ? String(value) : 'NaN';
  };

  /** The text of a cell: the column of a driver, a number that no driver moves, or a constant that now stands in the body. */
  function cell(line: string, period: number): string {
    const driver = drivers.indexOf(line);
    if (driver !== -1 && period > base) return `d${driver}`;
    const name = `${line} ${period}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const code = calculation.formulaAt(line, period)?.code;
    const text = code ? formula(code, period) : undefined;
    let given = numberAt(line, period);
    if (text !== undefined && /[cd]\d/.test(text)) {
      given = `c${known.size}`;
      body.push(`const ${given} = ${text};`);
    }
    known.set(name, given);
    return given;
  }

  function formula(code: Code, period: number): string {
    const registers = new Map<number, Text>();
    for (const instruction of code.instructions)
      registers.set(instruction.to, textOf(instruction, period, registers));
    return one(registers, code.result);
  }

  function textOf(instruction: Instruction, period: number, registers: Map<number, Text>): Text {
    const at = (place: { kind: 'lag'; by: number } | { kind: 'index'; index: number }) =>
      place.kind === 'lag' ? period + place.by : first + place.index;
    const text = (register: number) => one(registers, register);
    switch (instruction.op) {
      case 'value':
        return typeof instruction.value === 'number' ? String(instruction.value) : 'NaN';
      case 'load':
        return cell(idOf(instruction.line), at(instruction.at));
      case 'span': {
        const from = at(instruction.first);
        const length = Math.max(0, at(instruction.last) - from + 1);
        return Array.from({ length }, (_, order) => cell(idOf(instruction.line), from + order));
      }
      case 'list':
        return instruction.items.map(text);
      case 'period':
        return String(at(instruction.at));
      case 'negate':
        return `(-${text(instruction.of)})`;
      case 'scale':
        return `(${text(instruction.of)} * ${instruction.by})`;
      case 'binary': {
        const [left, right] = [text(instruction.left), text(instruction.right)];
        if (instruction.operator === '/' && /[cd]\d/.test(right)) return `divide(${left}, ${right})`;
        return `(${instruction.operator === '^' ? `(${left}) ** (${right})` : `${left} ${instruction.operator} ${right}`})`;
      }
      case 'branch': {
        const side = ({ instructions, result }: typeof instruction.then) => {
          for (const inner of instructions) registers.set(inner.to, textOf(inner, period, registers));
          return text(result);
        };
        return `(${text(instruction.test)} ? ${side(instruction.then)} : ${side(instruction.otherwise)})`;
      }
      case 'call':
        return call(
          instruction.spec.name,
          instruction.args.map((arg): Text => (arg === undefined ? 'NaN' : (registers.get(arg) ?? 'NaN'))),
        );
      default:
        throw new Error(`no loop is written for ${instruction.op}`);
    }
  }

  const lines = outputs.map(({ line, period }, output) => `o${output}[s] = ${cell(line, period)};`);
  return [
    HELPERS,
    'export function run(count, columns, outputs) {',
    ...drivers.map((_, driver) => `const x${driver} = columns[${driver}];`),
    ...outputs.map((_, output) => `const o${output} = outputs[${output}];`),
    'for (let s = 0; s < count; s += 1) {',
    ...drivers.map((_, driver) => `const d${driver} = x${driver}[s];`),
    ...body,
    ...lines,
    '}}',
  ].join('\n');
}

function one(registers: ReadonlyMap<number, Text>, register: number): string {
  const text = registers.get(register);
  if (typeof text !== 'string') throw new Error('a list stands where a number is wanted');
  return text;
}

function call(name: string, args: readonly Text[]): string {
  const items = args.flat();
  const [a = '', b = '', c = '', d = '', e = ''] = items;
  switch (name) {
    case 'SUM':
      return `sum(${items.join(', ')})`;
    case 'MIN':
      return items.length === 2 ? `Math.min(${a}, ${b})` : `least(${items.join(', ')})`;
    case 'MAX':
      return items.length === 2 ? `Math.max(${a}, ${b})` : `greatest(${items.join(', ')})`;
    case 'INT':
      return `Math.floor(${a})`;
    case 'RRI':
      return `(divide(${c}, ${b}) ** (1 / ${a}) - 1)`;
    case 'CAGR':
      return `(divide(${b}, ${a}) ** (1 / ${c}) - 1)`;
    case 'INTERPOLATE':
      if (items.length === 5) return `between(${a}, ${b}, ${c}, ${d}, ${e})`;
      throw new Error('INTERPOLATE is written for two points');
    default:
      throw new Error(`no loop is written for ${name}`);
  }
}

/** Writes the loop into a file and loads it. */
export async function loadFusedLoop(text: string, path: string): Promise<FusedLoop> {
  writeFileSync(path, text);
  const loaded = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as { run: FusedLoop };
  return loaded.run;
}
