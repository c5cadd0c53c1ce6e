/**
 * At which height things stand in columns, in a given order: as near as can be to what they are linked with in the
 * columns beside, without touching. Pure. The layout library finds the order; its own heights leave much room free.
 */

/** Something that stands in a column: a node, or a link that passes through. */
export interface ColumnItem {
  readonly id: string;
  readonly height: number;
}

/** A link between items of columns that stand beside each other; a heavier one is kept straighter. */
export interface ItemLink {
  readonly left: string;
  readonly right: string;
  readonly weight: number;
}

/** How often all columns are gone through; after this many nothing moves that could be seen. */
const SWEEPS = 24;

/** The middle of each item, by id, from 0 down. Shape: `columns` from the left, the items of each from the top. */
export function heightsInColumns(
  columns: readonly (readonly ColumnItem[])[],
  links: readonly ItemLink[],
  gapBetween: (above: ColumnItem, below: ColumnItem) => number,
): ReadonlyMap<string, number> {
  const middles = new Map<string, number>();
  const places = columns.map((items) => placesOf(items, gapBetween));
  // every column begins packed, around the same middle
  columns.forEach((items, column) => {
    const own = places[column] ?? [];
    const half = (own.at(-1) ?? 0) / 2;
    items.forEach(({ id }, index) => middles.set(id, (own[index] ?? 0) - half));
  });
  const beside = neighboursOf(links);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const order = columns.map((_, column) => (sweep % 2 === 0 ? column : columns.length - 1 - column));
    for (const column of order) {
      const items = columns[column] ?? [];
      const wished = items.map(({ id }) => wishOf(beside.get(id) ?? [], middles, middles.get(id) ?? 0));
      keptApart(wished, places[column] ?? []).forEach((y, index) => middles.set(items[index]?.id ?? '', y));
    }
  }
  const tops = columns.flat().map(({ id, height }) => (middles.get(id) ?? 0) - height / 2);
  const top = Math.min(...tops);
  return new Map([...middles].map(([id, y]) => [id, y - top]));
}

/** How far below the first of a column each item stands at least. */
function placesOf(
  items: readonly ColumnItem[],
  gapBetween: (above: ColumnItem, below: ColumnItem) => number,
): number[] {
  let at = 0;
  return items.map((item, index) => {
    const above = items[index - 1];
    if (above) at += above.height / 2 + gapBetween(above, item) + item.height / 2;
    return at;
  });
}

interface Neighbour {
  readonly id: string;
  readonly weight: number;
}

function neighboursOf(links: readonly ItemLink[]): ReadonlyMap<string, readonly Neighbour[]> {
  const beside = new Map<string, Neighbour[]>();
  const add = (id: string, neighbour: Neighbour) => {
    const own = beside.get(id);
    if (own) own.push(neighbour);
    else beside.set(id, [neighbour]);
  };
  for (const { left, right, weight } of links) {
    add(left, { id: right, weight });
    add(right, { id: left, weight });
  }
  return beside;
}

/** Where an item would stand if it were alone; where it is linked with nothing it stays. */
function wishOf(
  neighbours: readonly Neighbour[],
  middles: ReadonlyMap<string, number>,
  now: number,
): { y: number; weight: number } {
  let [sum, weight] = [0, 0];
  for (const one of neighbours) {
    sum += (middles.get(one.id) ?? 0) * one.weight;
    weight += one.weight;
  }
  return weight === 0 ? { y: now, weight: 0.1 } : { y: sum / weight, weight };
}

/**
 * The heights nearest to what is wished that keep the distances of `places`: least squares, found by pooling neighbours
 * that would overlap.
 */
function keptApart(wished: readonly { y: number; weight: number }[], places: readonly number[]): number[] {
  const pools: { sum: number; weight: number; count: number }[] = [];
  wished.forEach(({ y, weight }, index) => {
    let pool = { sum: (y - (places[index] ?? 0)) * weight, weight, count: 1 };
    for (
      let last = pools.at(-1);
      last && last.sum / last.weight > pool.sum / pool.weight;
      last = pools.at(-1)
    ) {
      pool = { sum: pool.sum + last.sum, weight: pool.weight + last.weight, count: pool.count + last.count };
      pools.pop();
    }
    pools.push(pool);
  });
  return pools
    .flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => sum / weight))
    .map((y, index) => y + (places[index] ?? 0));
}
