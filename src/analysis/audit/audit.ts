/**
 * Checks a plan's own arithmetic: what it states against what its printed figures give, row against row, target against
 * target. General rules only; nothing in a template tells the audit what to find.
 */
import type { Engine } from '#engine';
import type { BareFigures } from '../targets/target-band.ts';
import { findCourses } from './course.ts';
import { collectEvidence } from './evidence.ts';
import type { Finding, Severity } from './finding.ts';
import { findImplications } from './implication.ts';
import { findContradictions, findOutdone, findWindows } from './implied-findings.ts';
import { findPaces } from './pace.ts';
import { findParts } from './parts.ts';
import { findPoints } from './points.ts';
import { findPrintings } from './printings.ts';
import { findRelations } from './relation.ts';
import { findStatedMovements } from './stated-movements.ts';

/** What an audit found. */
export interface Audit {
  /** The gravest first, then in the order of the plan's lines. */
  readonly findings: readonly Finding[];
  /** How much was compared: without it, no finding would mean nothing. */
  readonly compared: {
    readonly printed: number;
    readonly statements: number;
    readonly relations: number;
    readonly targets: number;
  };
  readonly bareFigures: BareFigures;
}

const ORDER: readonly Severity[] = ['contradiction', 'doubt', 'slip', 'remark'];

/**
 * Audits a plan.
 *
 * Missing: a statement whose figures are not printed is not compared. Derived and assumed figures are no evidence; of a window
 * they may give the base. Rounding: a difference that the printed digits allow is no finding.
 */
export function audit(engine: Engine, bareFigures: BareFigures = 'equal'): Audit {
  const { plan } = engine;
  const numbers = collectEvidence(plan, (line) => engine.unitOf(line), bareFigures);
  const reading = { bareFigures, evenGrowth: false };
  const periods = [...new Set(numbers.cells.map(({ period }) => period))].sort((a, b) => a - b);
  const relations = findRelations(engine, periods);
  const implications = findImplications(engine, numbers, relations);
  // a template's own scenario is called so; a plan without one is expected to go as its formulas say
  const own = plan.scenarios.find(({ id }) => id === 'plan');
  const calculation = engine.calculate(own ?? { id: 'plan', name: plan.title });

  const stated = findStatedMovements(plan, numbers, reading);
  const contradictions = findContradictions(implications, reading).filter(
    (one) => !stated.some((other) => saysTheSame(other, one)),
  );
  const findings = [
    ...stated,
    ...findPrintings(numbers, reading),
    ...contradictions,
    ...findOutdone(implications, reading),
    ...findParts(plan, numbers, reading),
    ...findWindows(engine, calculation, numbers, implications, reading),
    ...findCourses(plan, numbers, reading),
    ...findPaces(engine, numbers, reading),
    ...findPoints(engine, numbers, reading),
  ];
  const place = new Map(plan.lines.map(({ id }, index) => [id, index]));
  const placeOf = ({ lines: [line] }: Finding) => place.get(line ?? '') ?? plan.lines.length;
  return {
    findings: findings.sort(
      (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || placeOf(a) - placeOf(b),
    ),
    compared: {
      printed: numbers.cells.length,
      statements: numbers.statements.length,
      relations: relations.length,
      targets: plan.targets.length,
    },
    bareFigures,
  };
}

/** A multiple that the plan both states and makes a target of its own is one thing: the printed places tell. */
function saysTheSame(stated: Finding, other: Finding): boolean {
  const places = new Set(stated.evidence.flatMap((one) => one.places.map((place) => JSON.stringify(place))));
  return other.evidence.every((one) => one.places.some((place) => places.has(JSON.stringify(place))));
}
