/** Rows that are printed as part of another row (其中) and are larger than it. */
import type { Plan } from '#plan';
import type { Finding, Reading } from './finding.ts';
import type { PrintedNumbers } from './evidence.ts';

/** How a row says that it is part of the one above. */
const PART = /^(?:\d+[.、．]?\s*)?(?:其中|#)[：:\s]?/u;

/** Finds parts above their wholes, in every period that prints both. */
export function findParts(plan: Plan, numbers: PrintedNumbers, reading: Reading): Finding[] {
  const unitOf = new Map(plan.lines.map(({ id, unit }) => [id, unit]));
  return pairs(plan).flatMap(({ part, whole }) =>
    unitOf.get(part) !== unitOf.get(whole)
      ? []
      : numbers.cells.flatMap((one): Finding[] => {
          const all = one.line === part ? numbers.find(whole, one.period) : undefined;
          if (!all || one.interval.low <= all.interval.high) return [];
          return [
            {
              id: ['part', part, whole, one.period].join(':'),
              rule: 'part',
              severity: 'contradiction',
              lines: [part, whole],
              period: one.period,
              evidence: [one, all],
              steps: [],
              repairs: [
                { kind: 'value', evidence: one, interval: { low: -Infinity, high: all.interval.high } },
                { kind: 'value', evidence: all, interval: { low: one.interval.low, high: Infinity } },
              ],
              reading,
            },
          ];
        }),
  );
}

interface Pair {
  readonly part: string;
  readonly whole: string;
}

function pairs({ tables, sections, lines }: Plan): Pair[] {
  const rows = [
    ...tables.map((table) => table.rows),
    ...sections.map(({ id }) =>
      lines.filter(({ section }) => section === id).map((line) => ({ label: line.name.zh, line: line.id })),
    ),
  ];
  const found = rows.flatMap((list) => {
    let whole: string | undefined;
    return list.flatMap(({ label, line }) => {
      if (!PART.test(label)) {
        whole = line;
        return [];
      }
      return whole === undefined || whole === line ? [] : [{ part: line, whole }];
    });
  });
  return [...new Map(found.map((pair) => [`${pair.part} ${pair.whole}`, pair])).values()];
}
