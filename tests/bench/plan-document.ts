/** A workload as a plan document, and as a plan that a person could have: with sections and targets. */
import { spell } from './spelling.ts';
import { buildWorkload, SHAPES, type Shape, type Workload } from './workloads.ts';

/** The first period of every workload; it is observed. */
const FIRST_PERIOD = 2000;

const both = (text: string) => ({ zh: text, en: text });

/** The workload as a plan document. */
export function toPlanDocument({ name, lines, periods }: Workload) {
  return {
    format: 1,
    id: name,
    version: '1.0.0',
    title: both(name),
    place: both('Nowhere'),
    source: { title: 'generated' },
    periods: {
      unit: 'year',
      first: FIRST_PERIOD,
      last: FIRST_PERIOD + periods - 1,
      base: FIRST_PERIOD,
    },
    sections: [{ id: 'all', name: both('All') }],
    tables: [],
    targets: [],
    scenarios: [{ id: 'plan', name: both('Plan') }],
    lines: lines.map(({ first, formula }, line) => ({
      id: lineId(line),
      section: 'all',
      name: both(`Line ${line}`),
      unit: '',
      kind: formula ? 'result' : 'driver',
      ...(!formula && { lever: { min: 0, max: 1, step: 0.001 } }),
      figures: [{ period: FIRST_PERIOD, value: first, origin: 'assumed', note: both('generated') }],
      formula: formula
        ? spell(formula, line, {
            cell: (of, lag) => (lag ? `${lineId(of)}[t-1]` : lineId(of)),
            call: (called, items) => `${called}(${items.join(', ')})`,
            choose: (left, right, then, otherwise) => `IF(${left} > ${right}, ${then}, ${otherwise})`,
          })
        : `${lineId(line)}[t-1]`,
    })),
  };
}

/** The id of a line in the plan document. */
export function lineId(line: number): string {
  return `l${line}`;
}

/** Lines in a section, and results from one with a target to the next. */
const LINES_A_SECTION = 250;
const RESULTS_A_TARGET = 100;

/** The workload as a bundle that the app opens as a person's own plan. */
export function toBundle(workload: Workload, id: string) {
  const plan = toPlanDocument(workload);
  const sectionOf = (line: number) => `s${Math.floor(line / LINES_A_SECTION)}`;
  const sections = [...new Set(plan.lines.map((_, line) => sectionOf(line)))];
  const { last } = plan.periods;
  return {
    kind: 'bundle',
    format: 1,
    plan: {
      ...plan,
      id,
      title: both(id),
      sections: sections.map((section) => ({ id: section, name: both(`Section ${section.slice(1)}`) })),
      lines: plan.lines.map((line, number) => ({ ...line, section: sectionOf(number), decimals: 4 })),
      targets: plan.lines
        .filter((line, number) => line.kind === 'result' && number % RESULTS_A_TARGET === 0)
        .map((line) => ({
          line: line.id,
          period: last,
          comparator: '>=',
          value: 1,
          asPrinted: '1',
          source: { section: 'generated' },
          direction: 'atLeast',
        })),
    },
    scenarios: [],
  };
}

/** A bundle of the kind of the workload *large*, of other size. */
export function largeBundle(lines: number, periods: number, id: string) {
  return toBundle(buildWorkload(id, { ...(SHAPES['large'] as Shape), lines, periods }), id);
}
