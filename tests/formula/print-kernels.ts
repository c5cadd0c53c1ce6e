/** Prints the kernels as straight lines of TypeScript: the arithmetic whose values are names. */
import { format, resolveConfig } from 'prettier';
import type { Arithmetic } from '../../src/formula/kernels/arithmetic.ts';

/** An arithmetic that writes a line for every operation. */
class Printer implements Arithmetic<string, string> {
  lines: string[] = [];
  #names = 0;

  readonly constant = (value: number) => (value < 0 ? `(${value})` : String(value));
  readonly add = (a: string, b: string) => this.#keep(`${a} + ${b}`);
  readonly subtract = (a: string, b: string) => this.#keep(`${a} - ${b}`);
  readonly multiply = (a: string, b: string) => this.#keep(`${a} * ${b}`);
  readonly divide = (a: string, b: string) => this.#keep(`${a} / ${b}`);
  readonly absolute = (a: string) => this.#keep(`Math.abs(${a})`);
  readonly squareRoot = (a: string) => this.#keep(`Math.sqrt(${a})`);
  readonly less = (a: string, b: string) => this.#keep(`${a} < ${b}`);
  readonly lessOrEqual = (a: string, b: string) => this.#keep(`${a} <= ${b}`);
  readonly equal = (a: string, b: string) => this.#keep(`${a} === ${b}`);
  readonly either = (a: string, b: string) => this.#keep(`${a} || ${b}`);
  readonly select = (mask: string, then: string, otherwise: string) =>
    this.#keep(`${mask} ? ${then} : ${otherwise}`);
  readonly upperHalf = (a: string) => this.#keep(`upperHalf(${a})`);
  readonly exponentOf = (a: string) => this.#keep(`exponentOf(${a})`);
  readonly mantissaOf = (a: string) => this.#keep(`mantissaOf(${a})`);
  readonly powerOfTwo = (a: string) => this.#keep(`powerOfTwo(${a})`);
  readonly choose = (mask: string, then: () => string, otherwise: () => string) => {
    const name = this.#name();
    this.lines.push(`let ${name}: number;`, `if (${mask}) {`);
    this.lines.push(`${name} = ${then()};`, '} else {');
    this.lines.push(`${name} = ${otherwise()};`, '}');
    return name;
  };

  #keep(text: string): string {
    const name = this.#name();
    this.lines.push(`const ${name} = ${text};`);
    return name;
  }

  #name(): string {
    this.#names += 1;
    return `v${this.#names}`;
  }
}

/** A kernel to print: its name, its parameters, its sentence, and how it is built. */
export interface Printed {
  readonly name: string;
  readonly about: string;
  readonly parameters: readonly string[];
  readonly build: (arithmetic: Arithmetic<string, string>) => (...values: [string, string, string]) => string;
}

/** Leaves out what nobody uses, the last first: of two results of a kernel only one may be wanted. */
function needed(lines: readonly string[], result: string): string[] {
  const kept: string[] = [];
  let later = result;
  for (const line of lines.toReversed()) {
    const name = /^const (v\d+) = /.exec(line)?.[1];
    if (name !== undefined && !new RegExp(`\\b${name}\\b`).test(later)) continue;
    kept.unshift(line);
    later += ` ${line}`;
  }
  return kept;
}

/** Writes a value that is used once where it is used; the order of roundings stays. */
function nested(lines: readonly string[], result: string): string {
  const kept = [...needed(lines, result), `return ${result};`];
  for (const [index, line] of kept.entries()) {
    const [, name = '', value = ''] = /^const (v\d+) = (.*);$/.exec(line) ?? [];
    const uses = new RegExp(`\\b${name}\\b`, 'g');
    const users = kept.flatMap((later, at) => (at > index ? (later.match(uses) ?? []).map(() => at) : []));
    if (name === '' || users.length !== 1) continue;
    kept[users[0] as number] = (kept[users[0] as number] as string).replace(uses, `(${value})`);
    kept[index] = '';
  }
  return kept.filter((line) => line !== '').join('\n');
}

/** The text of one kernel as a function. */
function printKernel({ name, about, parameters, build }: Printed): string {
  const printer = new Printer();
  const result = build(printer)(...(parameters as [string, string, string]));
  const typed = parameters.map((parameter) => `${parameter}: number`).join(', ');
  return `/** ${about} */\nexport function ${name}(${typed}): number {\n${nested(printer.lines, result)}\n}\n`;
}

/** The text of the module with all of them, in the house's layout. */
export async function printModule(head: string, kernels: readonly Printed[], path: string): Promise<string> {
  const options = await resolveConfig(path);
  return format([head, ...kernels.map(printKernel)].join('\n'), { ...options, parser: 'typescript' });
}
