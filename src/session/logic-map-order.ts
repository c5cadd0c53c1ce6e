/** In which order the nodes of a map come, and how far each stands from where the order begins. Pure. */
import { orderByDependency } from '#engine';
import { linksBy, type MapLink } from './logic-map-graph.ts';

/** The order of nodes. */
export interface NodeOrder {
  /** Longest way along forward links to each node; 0 where none leads to it. */
  readonly levels: ReadonlyMap<string, number>;
  /** Whether a link leads on in the order; the others close a loop. */
  readonly isForward: (link: Pick<MapLink, 'from' | 'to'>) => boolean;
}

/**
 * Orders nodes by what they read. Nodes that read each other are ordered by what they read in the same period; where that is a
 * loop too, as they are given.
 */
export function orderNodes(ids: readonly string[], links: readonly MapLink[]): NodeOrder {
  const given = new Map(ids.map((id, index) => [id, index]));
  const asGiven = (some: readonly string[]) =>
    some.toSorted((a, b) => (given.get(a) ?? 0) - (given.get(b) ?? 0));
  const into = linksBy(links, 'to');
  const order = grouped(ids, into, () => true).flatMap((knot) =>
    knot.length === 1 ? knot : grouped(asGiven(knot), into, ({ isLagged }) => !isLagged).flatMap(asGiven),
  );
  const positions = new Map(order.map((id, index) => [id, index]));
  const isForward = ({ from, to }: Pick<MapLink, 'from' | 'to'>) =>
    (positions.get(from) ?? Infinity) < (positions.get(to) ?? -Infinity);
  const levels = new Map<string, number>();
  for (const id of order) {
    const sources = (into.get(id) ?? []).filter(isForward);
    levels.set(id, Math.max(0, ...sources.map(({ from }) => (levels.get(from) ?? 0) + 1)));
  }
  return { levels, isForward };
}

/** Nodes that read each other together, every group after what it reads; only some of the links count. */
function grouped(
  ids: readonly string[],
  into: ReadonlyMap<string, readonly MapLink[]>,
  counts: (link: MapLink) => boolean,
): string[][] {
  const numbers = new Map(ids.map((id, index) => [id, index]));
  const sourcesOf = (id: string) =>
    (into.get(id) ?? []).filter(counts).flatMap(({ from }) => numbers.get(from) ?? []);
  return orderByDependency(ids.length, (node) => sourcesOf(ids[node] ?? '')).map((group) =>
    group.map((node) => ids[node] ?? ''),
  );
}
