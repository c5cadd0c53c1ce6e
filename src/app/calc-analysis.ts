/** The questions of a `calc` call, answered by the same functions as the page's. */
import { listPeriods, type Scenario } from '#plan';
import type { CalcRequest } from './calc-arguments.ts';
import { reportAudit, type ReportedAudit } from './calc-audit.ts';
import {
  reportBridge,
  reportComparisons,
  type ReportedBridge,
  type ReportedComparison,
} from './calc-difference.ts';
import type { Subject } from './calc-subject.ts';
import {
  reportTornado,
  reportUncertainty,
  type ReportedTornado,
  type ReportedUncertainty,
} from './calc-uncertainty.ts';
import { reportGoal, reportSolve, type ReportedGoal, type ReportedSolve } from './calc-wish.ts';

/** The answers, each where it was asked. */
export interface ReportedAnalyses {
  readonly compare?: readonly ReportedComparison[];
  readonly bridge?: ReportedBridge;
  readonly goal?: ReportedGoal;
  readonly solve?: ReportedSolve;
  readonly tornado?: ReportedTornado;
  readonly mc?: ReportedUncertainty;
  readonly audit?: ReportedAudit;
}

/** Answers the questions of a call; `findScenario` gives the scenarios that they name. */
export function reportAnalyses(
  subject: Subject,
  { analysis, lines }: CalcRequest,
  findScenario: (name: string) => Scenario,
): ReportedAnalyses {
  const { compare, bridge, cell, goal, solve, by, tornado, mc } = analysis;
  const chosen = lines.length > 0 ? lines : subject.plan.lines.map(({ id }) => id);
  const [driver] = by;
  return {
    ...(compare.length > 0 && { compare: reportComparisons(subject, compare.map(findScenario), chosen) }),
    ...(bridge !== undefined && cell && { bridge: reportBridge(subject, findScenario(bridge), cell) }),
    ...(goal && driver && { goal: reportGoal(subject, goal, driver) }),
    ...(solve.length > 0 && { solve: reportSolve(subject, analysis) }),
    ...(tornado && { tornado: reportTornado(subject, tornado) }),
    ...(analysis.audit && { audit: reportAudit(subject, analysis) }),
    ...(mc && { mc: reportUncertainty(subject, mc, chosen, listPeriods(subject.plan.periods)) }),
  };
}
