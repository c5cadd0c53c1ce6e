/** From checked expression to code: names become line numbers, lazy functions become branches. */
import type { Periods } from '#plan';
import {
  assertNever,
  findFunction,
  parameterAt,
  type Expression,
  type FunctionSpec,
  type PeriodReference,
} from '#formula';
import type { At, Block, Code, Dependency, Instruction, Register } from './instruction.ts';

type Unplaced = Instruction extends infer One
  ? One extends { to: Register }
    ? Omit<One, 'to'>
    : never
  : never;

/** Lowers an expression; `lineNumber` gives the number of a line by its id. */
export function lower(expression: Expression, periods: Periods, lineNumber: (id: string) => number): Code {
  let registers = 0;
  const dependencies: Dependency[] = [];
  let instructions: Instruction[] = [];

  const emit = (instruction: Unplaced): Register => {
    const to = registers;
    registers += 1;
    instructions.push({ to, ...instruction });
    return to;
  };

  /** Lowers into a block of its own, so that it is evaluated only when it is entered. */
  const block = (body: () => Register): Block => {
    const outer = instructions;
    instructions = [];
    const result = body();
    const inner = { instructions: instructions.slice(), result };
    instructions = outer;
    return inner;
  };

  const at = (reference: PeriodReference): At => {
    switch (reference.kind) {
      case 'lag':
        return reference;
      case 'fixed':
        return { kind: 'index', index: reference.period - periods.first };
      default:
        return { kind: 'index', index: periods[reference.kind] - periods.first };
    }
  };

  function lowerPart(part: Expression): Register {
    switch (part.kind) {
      case 'number':
        return emit({ op: 'value', value: part.value });
      case 'reference': {
        const place = at(part.at);
        const line = lineNumber(part.line);
        dependencies.push({ line, first: place, last: place });
        return emit({ op: 'load', line, at: place });
      }
      case 'range': {
        const line = lineNumber(part.line);
        const [first, last] = [at(part.from), at(part.to)];
        dependencies.push({ line, first, last });
        return emit({ op: 'span', line, first, last });
      }
      case 'list':
        return emit({ op: 'list', items: part.items.map(lowerPart) });
      case 'period':
        return emit({ op: 'period', at: at(part.at) });
      case 'unary':
        return emit({ op: part.operator === '-' ? 'negate' : 'not', of: lowerPart(part.operand) });
      case 'factor':
        return emit({ op: 'scale', of: lowerPart(part.operand), by: part.by });
      case 'binary': {
        const left = lowerPart(part.left);
        return emit({ op: 'binary', operator: part.operator, left, right: lowerPart(part.right) });
      }
      case 'conditional':
        return branch(
          lowerPart(part.test),
          () => lowerPart(part.then),
          () => lowerPart(part.otherwise),
        );
      case 'call':
        return lowerCall(part.name, part.args);
      default:
        return assertNever(part);
    }
  }

  const branch = (test: Register, then: () => Register, otherwise: () => Register): Register =>
    emit({ op: 'branch', test, then: block(then), otherwise: block(otherwise) });

  function lowerCall(name: string, args: readonly (Expression | undefined)[]): Register {
    const spec = findFunction(name) as FunctionSpec;
    switch (spec.kind) {
      case 'plain':
        return emit({
          op: 'call',
          spec,
          takes: args.map((_, index) => parameterAt(spec, index)?.takes),
          args: args.map((arg) => (arg === undefined ? undefined : lowerPart(arg))),
        });
      case 'lazy':
        return lowerLazy(name, args);
      case 'expanded':
        return lowerPart(spec.expand(args) as Expression);
      default:
        return assertNever(spec);
    }
  }

  /** Arguments that are not there are zero, as in Excel. */
  const lowerOrZero = (arg: Expression | undefined): Register =>
    arg ? lowerPart(arg) : emit({ op: 'value', value: 0 });

  function lowerLazy(name: string, args: readonly (Expression | undefined)[]): Register {
    const [first, second, third] = args;
    switch (name) {
      case 'IF':
        return branch(
          lowerOrZero(first),
          () => lowerOrZero(second),
          () => lowerOrZero(third),
        );
      case 'IFERROR':
        return emit({
          op: 'rescue',
          attempt: block(() => lowerOrZero(first)),
          instead: block(() => lowerOrZero(second)),
        });
      case 'ISBLANK':
        return emit({ op: 'isBlank', of: lowerOrZero(first) });
      case 'IFS':
        return lowerCases(args, 0, (test) => lowerOrZero(test));
      case 'SWITCH': {
        const subject = lowerOrZero(first);
        return lowerCases(args, 1, (value) =>
          emit({ op: 'binary', operator: '==', left: subject, right: lowerOrZero(value) }),
        );
      }
      case 'CHOOSE':
        return lowerChoice(lowerOrZero(first), args.slice(1), 0);
      default:
        throw new Error(`a lazy function without lowering: ${name}`);
    }
  }

  /** Pairs of case and result from `start` on; a last one alone is the default. */
  function lowerCases(
    args: readonly (Expression | undefined)[],
    start: number,
    test: (arg: Expression | undefined) => Register,
  ): Register {
    const left = args.length - start;
    if (left === 0) return emit({ op: 'fail', code: '#N/A', reason: 'no_match' });
    if (left === 1) return lowerOrZero(args[start]);
    return branch(
      test(args[start]),
      () => lowerOrZero(args[start + 1]),
      () => lowerCases(args, start + 2, test),
    );
  }

  function lowerChoice(index: Register, choices: readonly (Expression | undefined)[], at: number): Register {
    const below = emit({
      op: 'binary',
      operator: '<',
      left: index,
      right: emit({ op: 'value', value: at + 1 }),
    });
    const fail = () => emit({ op: 'fail', code: '#VALUE!', reason: 'argument_range' });
    const rest = () => {
      if (at === choices.length) return fail();
      const next = emit({
        op: 'binary',
        operator: '<',
        left: index,
        right: emit({ op: 'value', value: at + 2 }),
      });
      return branch(
        next,
        () => lowerOrZero(choices[at]),
        () => lowerChoice(index, choices, at + 1),
      );
    };
    return at === 0 ? branch(below, fail, rest) : rest();
  }

  const result = lowerPart(expression);
  // lists that grew keep room for more; these are kept, two a formula
  return { instructions: instructions.slice(), result, registers, dependencies: dependencies.slice() };
}
