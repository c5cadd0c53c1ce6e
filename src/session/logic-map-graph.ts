/** Which line reads which: the plan's logic as a graph. Pure. */
import type { Line, Scenario } from '#plan';
import type { Engine } from '#engine';
import { formulasOf } from '#analysis';

/** One line reads another. */
export interface MapLink {
  /** What is read. */
  readonly from: string;
  /** Who reads it. */
  readonly to: string;
  /** Whether only other periods of it are read than the one that is calculated: the year before, the base year. */
  readonly isLagged: boolean;
}

/** The lines of a plan and their links. What a line reads of its own past is no link. */
export interface MapGraph {
  /** In the order of the plan. */
  readonly lines: readonly Line[];
  readonly links: readonly MapLink[];
  /** By line, the links to what it reads. */
  readonly reads: ReadonlyMap<string, readonly MapLink[]>;
  /** By line, the links to what reads it. */
  readonly readers: ReadonlyMap<string, readonly MapLink[]>;
  /** Lines that read their own past. */
  readonly ownPast: ReadonlySet<string>;
}

type At = { readonly kind: 'lag'; readonly by: number } | { readonly kind: 'index'; readonly index: number };

/**
 * Builds the graph of a plan from its compiled formulas, with those that `layers` put in their place.
 *
 * A formula that a number has been written over stays in it, so that the map keeps its shape while a lever moves.
 */
export function buildMapGraph(engine: Engine, layers: readonly Scenario[]): MapGraph {
  const { lines } = engine.plan;
  const links: MapLink[] = [];
  const ownPast = new Set<string>();
  const withFormula = layers.filter(({ changes }) => changes?.some((change) => 'formula' in change));
  for (const line of lines) {
    const isLagged = new Map<string, boolean>();
    for (const text of formulasOf(line, withFormula)) {
      for (const { line: number, first, last } of engine.check(line.id, text).code?.dependencies ?? []) {
        const source = lines[number]?.id;
        if (source === undefined) continue;
        isLagged.set(source, (isLagged.get(source) ?? true) && !isOfNow(first, last));
      }
    }
    if (isLagged.delete(line.id)) ownPast.add(line.id);
    for (const [from, lagged] of isLagged) links.push({ from, to: line.id, isLagged: lagged });
  }
  return { lines, links, ownPast, reads: linksBy(links, 'to'), readers: linksBy(links, 'from') };
}

/** Whether a stretch of periods holds the one that is calculated. */
function isOfNow(first: At, last: At): boolean {
  if (first.kind === 'index') return last.kind === 'lag' && last.by >= 0;
  return first.by <= 0 && (last.kind === 'index' || last.by >= 0);
}

/** Groups links by one of their ends. */
export function linksBy<Link extends { readonly from: string; readonly to: string }>(
  links: readonly Link[],
  end: 'from' | 'to',
): ReadonlyMap<string, readonly Link[]> {
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    const group = groups.get(link[end]);
    if (group) group.push(link);
    else groups.set(link[end], [link]);
  }
  return groups;
}
