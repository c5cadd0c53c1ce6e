/**
 * Random plans for workbooks: loops, lags, leads, fixed periods, ranges, branches and functions all occur. Apart from those of the
 * engine, which also read periods that are not there: some such failures are empty in a workbook.
 */
import * as fc from 'fast-check';
import type { Plan } from '#plan';
import { aPlan } from '#tests/builders';

const LINES = 7;
const id = (index: number) => `line_${index}`;

const reference = fc
  .tuple(fc.nat(LINES - 1), fc.constantFrom('', '[t-1]', '[t-1]', '[t-2]', '[t+1]', '[base]', '[2022]'))
  .map(([line, at]) => id(line) + at);

const formula = fc.letrec<{ expression: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.integer({ min: -5, max: 9 }).map(String),
    fc.constantFrom('0.5', '2.15', '8%', 't - 2020', '1E200'),
    { weight: 3, arbitrary: reference },
    fc
      .tuple(fc.constantFrom('SUM', 'AVERAGE', 'MIN', 'MAX', 'COUNT', 'PRODUCT', 'STDEV'), fc.nat(LINES - 1))
      .map(([name, line]) => `${name}(${id(line)}[2020:t])`),
    fc
      .tuple(fc.nat(LINES - 1), reference)
      .map(([line, x]) => `TREND(${id(line)}[2019:2021], {1, 2, 3}, ${x})`),
  ),
  expression: fc.oneof(
    { weight: 4, arbitrary: tie('leaf') },
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('+', '-', '*', '/', '^', '>', '>=', '<', '<=', '==', '!=', 'and', 'or'),
        tie('expression'),
      )
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([test, then, otherwise]) => `IF(${test}, ${then}, ${otherwise})`),
    fc.tuple(tie('expression'), tie('leaf')).map(([attempt, instead]) => `IFERROR(${attempt}, ${instead})`),
    fc
      .tuple(tie('expression'), tie('leaf'), tie('leaf'))
      .map(([index, one, other]) => `CHOOSE(${index}, ${one}, ${other})`),
    fc
      .tuple(
        fc.constantFrom('ABS', 'INT', 'SQRT', 'EXP', 'LN', 'SIGN', '-', 'not ', 'ISBLANK'),
        tie('expression'),
      )
      .map(([name, of]) => `${name}(${of})`),
    fc
      .tuple(tie('expression'), fc.integer({ min: -1, max: 3 }))
      .map(([of, digits]) => `ROUND(${of}, ${digits})`),
    fc.tuple(tie('expression'), tie('leaf')).map(([of, by]) => `MIN(${of}, ${by}, 3)`),
    fc.tuple(tie('expression'), tie('leaf')).map(([of, y]) => `INTERPOLATE(${of}, {0, 1, 3}, {2, 5, ${y}})`),
    fc.tuple(tie('leaf'), tie('leaf')).map(([pv, fv]) => `RRI(3, ${pv}, ${fv})`),
    fc.tuple(tie('leaf'), tie('leaf')).map(([rate, pmt]) => `FV(${rate}, 3, ${pmt})`),
  ),
})).expression;

/** Plans of a few lines, with units between which there are factors; some settle cycles by iteration. */
export const plans: fc.Arbitrary<Plan> = fc
  .tuple(
    fc.array(fc.tuple(formula, fc.boolean(), fc.constantFrom('', '', '亿元', '万元')), {
      minLength: LINES,
      maxLength: LINES,
    }),
    fc.boolean(),
  )
  .map(([lines, hasIteration]) => {
    const start = hasIteration ? aPlan().iteration(12, 1e-3) : aPlan();
    return lines
      .reduce(
        (plan, [text, isObserved, unit], index) =>
          plan.line(id(index), isObserved ? { 2019: index, 2020: index + 1 } : {}, text, { unit }),
        start,
      )
      .build();
  });
