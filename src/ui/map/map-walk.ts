/** Where an arrow key leads on the map. Pure. */
import type { ShownMap } from '#session';
import type { Point } from './map-layout.ts';

/** Which way an arrow points. */
export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The node that an arrow leads to: right along a link to a reader, left to what is read, up and down within the column. Of
 * several the one whose height is nearest; undefined where there is none.
 */
export function stepAlong(
  from: string,
  direction: Direction,
  { nodes, links }: ShownMap,
  middles: ReadonlyMap<string, Point>,
): string | undefined {
  const start = middles.get(from);
  if (!start) return undefined;
  const isSideways = direction === 'left' || direction === 'right';
  const linked = links.flatMap((link) =>
    direction === 'right' && link.from === from
      ? [link.to]
      : direction === 'left' && link.to === from
        ? [link.from]
        : [],
  );
  const layer = nodes.find(({ id }) => id === from)?.layer;
  const others = isSideways ? linked : nodes.filter((node) => node.layer === layer).map(({ id }) => id);
  const far = (id: string) => (middles.get(id)?.y ?? Infinity) - start.y;
  const there = others.filter((id) => {
    if (id === from) return false;
    return isSideways || (direction === 'down' ? far(id) > 0 : far(id) < 0);
  });
  // links that lead on come before those that lead back
  const isAhead = (id: string) =>
    links.some(
      (link) =>
        link.isForward && ((link.from === from && link.to === id) || (link.to === from && link.from === id)),
    );
  return there.toSorted(
    (a, b) =>
      (isSideways ? Number(isAhead(b)) - Number(isAhead(a)) : 0) || Math.abs(far(a)) - Math.abs(far(b)),
  )[0];
}
