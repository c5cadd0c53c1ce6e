/** mathjs: every formula compiled once, evaluated for each period over a scope that is a Map. It always calculates all. */
import { all, create, type EvalFunction, type FactoryFunctionMap } from 'mathjs';
import { spell } from '../spelling.ts';
import type { Workload } from '../workloads.ts';
import type { Contender } from './contender.ts';

interface Texts extends Workload {
  readonly texts: readonly (string | undefined)[];
}

export const mathjs: Contender = {
  name: 'mathjs',
  spell: (workload): Texts => ({
    ...workload,
    texts: workload.lines.map(
      ({ formula }, line) =>
        formula &&
        spell(formula, line, {
          cell: (of, lag) => `${lag ? 'p' : 'l'}${of}`,
          call: (name, items) => `${name.toLowerCase()}(${items.join(', ')})`,
          choose: (left, right, then, otherwise) => `(${left} > ${right} ? ${then} : ${otherwise})`,
        }),
    ),
  }),
  build(document) {
    const { lines, periods, texts } = document as Texts;
    // comparisons as floating point makes them: the others know no nearly
    const math = create(all as FactoryFunctionMap, { relTol: 1e-300, absTol: 0 });
    const codes = texts.map((text): EvalFunction | undefined => (text ? math.compile(text) : undefined));
    const drivers = lines.map(({ first }) => first);
    const values = new Float64Array(lines.length * periods);
    const names = lines.map((_, line) => [`l${line}`, `p${line}`] as const);
    const calculate = () => {
      const scope = new Map<string, number>();
      for (let period = 0; period < periods; period += 1) {
        for (let line = 0; line < lines.length; line += 1) {
          const [now, before] = names[line] as readonly [string, string];
          const at = line * periods + period;
          if (period > 0) scope.set(before, values[at - 1] as number);
          const code = period > 0 ? codes[line] : undefined;
          const value = code
            ? (code.evaluate(scope) as number)
            : period > 0
              ? (drivers[line] as number)
              : (lines[line]?.first ?? NaN);
          scope.set(now, value);
          values[at] = value;
        }
      }
    };
    calculate();
    return {
      change(changes) {
        for (const { driver, value } of changes) drivers[driver] = value;
        calculate();
      },
      values: () => values.slice(),
    };
  },
};
