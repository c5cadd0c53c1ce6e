/** `calc --compare` and `--bridge`: how other scenarios differ from the open one, in what, and why. */
import { listPeriods, type Scenario } from '#plan';
import { layersOf, type Rule } from '#engine';
import {
  compareLevels,
  findInputDifferences,
  seededRandom,
  walkBridge,
  type BridgeRule,
  type InputDifference,
  type InputDifferenceKind,
} from '#analysis';
import type { CellArgument } from './calc-arguments.ts';
import { finishWithin } from './calc-budget.ts';
import { findCell, reportValue, type ReportedValue, type Subject } from './calc-subject.ts';

/** Decides which orders are sampled where a bridge has too many changes for all of them. */
const BRIDGE_SEED = 1;

/** How a cell comes to its value. */
export interface ReportedRule {
  readonly kind: Rule['base']['kind'];
  readonly value?: number;
  readonly formula?: string;
  readonly transforms: readonly { readonly kind: string; readonly by: number }[];
}

/** One line that two scenarios assume differently. */
export interface ReportedInput extends Pick<InputDifference, 'distribution' | 'correlations'> {
  readonly line: string;
  readonly spans: readonly {
    readonly from: number;
    readonly to: number;
    readonly kinds: readonly InputDifferenceKind[];
    readonly before: ReportedRule;
    readonly after: ReportedRule;
  }[];
}

/** One scenario against the open one; rows run over the periods of the plan. */
export interface ReportedComparison {
  readonly scenario: string;
  readonly lines: Readonly<
    Record<
      string,
      {
        readonly levels: readonly ReportedValue[];
        readonly differences: readonly ReportedValue[];
        readonly relative: readonly ReportedValue[];
      }
    >
  >;
  readonly inputs: readonly ReportedInput[];
}

/** Why a cell differs from the open scenario to another. */
export type ReportedBridge = {
  readonly from: string;
  readonly to: string;
  readonly line: string;
  readonly period: number;
} & (
  | {
      readonly kind: 'bridge';
      readonly before: number;
      readonly after: number;
      readonly difference: number;
      readonly items: readonly (ReportedInput & {
        readonly contribution: number;
        readonly standardError: number;
        readonly reaches: boolean;
      })[];
      readonly rule: BridgeRule;
    }
  | { readonly kind: 'undefined'; readonly changed: readonly string[]; readonly value: ReportedValue }
);

/** Sets scenarios beside the open one, for chosen lines in all periods. */
export function reportComparisons(
  subject: Subject,
  others: readonly Scenario[],
  lines: readonly string[],
): ReportedComparison[] {
  const { engine, plan, open, known } = subject;
  const reference = engine.calculate(open, known);
  const calculations = others.map((one) => engine.calculate(one, known));
  const compared = compareLevels([reference, ...calculations], 0, lines, listPeriods(plan.periods));
  return others.map((scenario, index) => {
    const row = (rows: (typeof compared)[number]['levels']) =>
      (rows[index + 1] ?? []).map((value) => reportValue(subject, value));
    const calculation = calculations[index];
    const layers = { before: layersOf(open, known), after: layersOf(scenario, known) };
    return {
      scenario: scenario.id,
      lines: Object.fromEntries(
        compared.map(({ line, levels, differences, relative }) => [
          line,
          { levels: row(levels), differences: row(differences), relative: row(relative) },
        ]),
      ),
      inputs: calculation ? findInputDifferences(plan, reference, calculation, layers).map(reportInput) : [],
    };
  });
}

/** Shares out the difference of a cell from the open scenario to another. */
export function reportBridge(subject: Subject, to: Scenario, cell: CellArgument): ReportedBridge {
  const { engine, open, known, scenario } = subject;
  const end = (one: Scenario) => ({ scenario: one, scenarios: known });
  const at = findCell(subject, cell);
  const found = finishWithin(
    subject.words,
    () => walkBridge(engine, end(open), end(to), at, seededRandom(BRIDGE_SEED)),
    { bytes: 0 },
  );
  const head = { from: scenario.id, to: to.id, line: found.cell.line, period: found.cell.period };
  if (found.kind === 'undefined') {
    const { changed, value } = found;
    return { ...head, kind: 'undefined', changed, value: reportValue(subject, value) };
  }
  return {
    ...head,
    kind: 'bridge',
    before: found.from,
    after: found.to,
    difference: found.difference,
    items: found.items.map(({ difference, contribution, standardError, reaches }) => ({
      ...reportInput(difference),
      contribution,
      standardError,
      reaches,
    })),
    rule: found.rule,
  };
}

function reportInput({ spans, ...difference }: InputDifference): ReportedInput {
  return {
    ...difference,
    spans: spans.map(({ from, to, kinds, before, after }) => ({
      from,
      to,
      kinds,
      before: reportRule(before),
      after: reportRule(after),
    })),
  };
}

function reportRule({ base, transforms }: Rule): ReportedRule {
  return {
    kind: base.kind,
    ...('value' in base && { value: base.value }),
    ...('text' in base && { formula: base.text }),
    transforms: transforms.map(({ kind, by }) => ({ kind, by })),
  };
}
