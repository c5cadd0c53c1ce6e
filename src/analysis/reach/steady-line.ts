/**
 * Lines that assume one of two courses whatever else is assumed: their formulas read nothing that other assumptions reach.
 * Their cells can be taken as values, which costs less than finding the order of calculation anew for a formula.
 */
import { isNumber } from '#quantity';
import { listPeriods } from '#plan';
import type { Calculation, Engine, Rule } from '#engine';
import type { InputDifference } from '../difference/input-difference.ts';

/** The values of a line in the periods that differ, in the first and in the second scenario. */
export type Courses = readonly [
  first: Readonly<Record<string, number>>,
  second: Readonly<Record<string, number>>,
];

/** What a rule reads of a line: up to which index, or how far from its own. */
type Read = {
  readonly line: string;
  readonly last: { kind: 'index'; index: number } | { kind: 'lag'; by: number };
};

/** Finds among differing lines those with steady courses; `before` and `after` are the two scenarios. */
export function findSteadyLines(
  engine: Engine,
  before: Calculation,
  after: Calculation,
  differences: readonly InputDifference[],
): ReadonlyMap<string, Courses> {
  const { plan } = engine;
  const { first, last } = plan.periods;
  const reads = new Map(
    plan.lines.map(({ id }) => {
      const rules = listPeriods(plan.periods).flatMap((period) => [
        before.rule(id, period),
        after.rule(id, period),
      ]);
      return [id, readsOf(engine, id, rules)] as const;
    }),
  );
  const reached = spread(
    reads,
    new Map(differences.map(({ line, spans }) => [line, (spans[0]?.from ?? first) - first])),
  );

  const isSteady = ({ line }: InputDifference) =>
    (reads.get(line) ?? []).every((read) => {
      const from = reached.get(read.line);
      const furthest = read.last.kind === 'index' ? read.last.index : last - first + read.last.by;
      return from === undefined || furthest < from;
    });
  const coursesOf = ({ line, spans }: InputDifference): Courses | undefined => {
    const periods = spans.flatMap(({ from, to }) =>
      Array.from({ length: to - from + 1 }, (_, index) => from + index),
    );
    const course = (calculation: Calculation) => {
      const values = periods.map((period) => [String(period), calculation.value(line, period)] as const);
      return values.every((one): one is readonly [string, number] => isNumber(one[1]))
        ? Object.fromEntries(values)
        : undefined;
    };
    const [one, other] = [course(before), course(after)];
    return one && other && [one, other];
  };
  return new Map(
    differences.filter(isSteady).flatMap((difference) => {
      const courses = coursesOf(difference);
      return courses ? [[difference.line, courses] as const] : [];
    }),
  );
}

/** From which index on each line can differ, spread from the lines that do to all that read them. */
function spread(
  reads: ReadonlyMap<string, readonly Read[]>,
  start: ReadonlyMap<string, number>,
): Map<string, number> {
  const reached = new Map(start);
  const open = [...start.keys()];
  for (let source = open.pop(); source !== undefined; source = open.pop()) {
    const from = reached.get(source) as number;
    for (const [line, all] of reads) {
      for (const read of all) {
        if (read.line !== source) continue;
        if (read.last.kind === 'index' && read.last.index < from) continue;
        const next = read.last.kind === 'index' ? 0 : Math.max(0, from - read.last.by);
        if (next >= (reached.get(line) ?? Infinity)) continue;
        reached.set(line, next);
        open.push(line);
      }
    }
  }
  return reached;
}

function readsOf(engine: Engine, line: string, rules: readonly (Rule | undefined)[]): Read[] {
  const texts = new Set(rules.flatMap((rule) => (rule?.base.kind === 'formula' ? [rule.base.text] : [])));
  const read = [...texts].flatMap((text) =>
    (engine.check(line, text).code?.dependencies ?? []).map((one): Read => {
      const source = engine.plan.lines[one.line]?.id ?? line;
      return { line: source, last: one.last };
    }),
  );
  const grows = rules.some((rule) => rule?.transforms.some((transform) => transform.kind === 'growth'));
  return grows ? [...read, { line, last: { kind: 'lag', by: -1 } }] : read;
}
