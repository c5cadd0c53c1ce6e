/**
 * Where the nodes of a map stand and how its links run: the only file that knows the layout library (decision 024).
 *
 * The columns are given; the library finds the order within them that crosses few links, with room for links that pass
 * through. Links that lead back do not take part: they are drawn as one curve.
 */
import { Graph, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import { heightsInColumns, type ColumnItem, type ItemLink } from './column-heights.ts';

/** A point of the map. Unit: pixels at full size. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node to be placed. */
export interface SizedNode {
  readonly id: string;
  readonly layer: number;
  readonly height: number;
}

/** A link to be drawn. */
export interface DrawnLink {
  readonly from: string;
  readonly to: string;
  readonly isForward: boolean;
}

/** A placed map. */
export interface MapLayout {
  readonly width: number;
  readonly height: number;
  /** The middle of each node, by id. */
  readonly middles: ReadonlyMap<string, Point>;
  /** The stations of each link, in the order of the links: where it leaves its source, where it crosses columns, where it arrives. */
  readonly routes: readonly (readonly Point[])[];
}

/** Distances between nodes of a column, between columns, and around the map. Unit: pixels at full size. */
const GAP = { node: 10, link: 8, column: 52, edge: 24 };

/** How far a link that leads back runs beside one that leads on. */
const BACK_OFFSET = 8;

/** Lone nodes stand beside each other at least so many, also where the map has fewer columns. */
const MIN_IN_ROW = 3;

/** How much straighter a link is kept between two columns that it passes through than at its ends. */
const PASSING_WEIGHT = 4;

/** Through so many columns links may pass altogether; arranging a map takes longer with each. */
const MOST_PASSAGES = 60;

/** Places a map whose nodes are of one width. Nodes without any link stand in rows below the others. */
export function layOutMap(
  nodes: readonly SizedNode[],
  links: readonly DrawnLink[],
  width: number,
): MapLayout {
  const linked = new Set(links.flatMap(({ from, to }) => [from, to]));
  const [tied, lone] = [nodes.filter(({ id }) => linked.has(id)), nodes.filter(({ id }) => !linked.has(id))];
  const { columns, waysOf, heights, height } = inColumns(tied, links, width);
  const xOf = (layer: number) => GAP.edge + width / 2 + layer * (width + GAP.column);
  const yOf = (id: string) => GAP.edge + (heights.get(id) ?? 0);
  const middles = new Map(tied.map(({ id, layer }) => [id, { x: xOf(layer), y: yOf(id) }]));
  const below = placeInRows(lone, { width, from: tied.length === 0 ? 0 : height + GAP.edge, columns });
  for (const [id, middle] of below.middles) middles.set(id, middle);
  const stationsOf = ({ from, to, isForward }: DrawnLink): readonly Point[] => {
    const [start, end] = [middles.get(from), middles.get(to)];
    if (!start || !end) return [];
    const half = isForward ? width / 2 : -width / 2;
    const offset = isForward ? 0 : BACK_OFFSET;
    const between = isForward ? (waysOf.get(linkId({ from, to })) ?? []) : [];
    return [
      { x: start.x + half, y: start.y + offset },
      ...between.flatMap(({ id, layer }) => [
        { x: xOf(layer) - half, y: yOf(id) },
        { x: xOf(layer) + half, y: yOf(id) },
      ]),
      { x: end.x - half, y: end.y + offset },
    ];
  };
  return {
    width: Math.max(2 * GAP.edge + columns * (width + GAP.column) - GAP.column, below.width),
    height: below.height > 0 ? below.height : height + 2 * GAP.edge,
    middles,
    routes: links.map(stationsOf),
  };
}

const linkId = ({ from, to }: { readonly from: string; readonly to: string }) => `${from} ${to}`;

/** A link where it passes through a column. */
interface Passage {
  readonly id: string;
  readonly layer: number;
}

/** Stands nodes and the links between them in columns: the library's order, and heights in that order. */
function inColumns(nodes: readonly SizedNode[], links: readonly DrawnLink[], width: number) {
  const layers = new Map(nodes.map(({ id, layer }) => [id, layer]));
  const arrangedLinks = withinReach(links, layers);
  const graph = arranged(nodes, arrangedLinks, width);
  const found: { item: ColumnItem; layer: number; y: number }[] = nodes.map(({ id, layer, height }) => ({
    item: { id, height },
    layer,
    y: graph.node(id).y ?? 0,
  }));
  const waysOf = new Map<string, readonly Passage[]>();
  const itemLinks: ItemLink[] = [];
  for (const { from, to } of arrangedLinks) {
    const first = layers.get(from) ?? 0;
    const points = graph.edge(from, to).points ?? [];
    // every second point stands in a column, the others between columns
    const passages = points.slice(1, -1).flatMap(({ y }, index) => {
      if (index % 2 === 0) return [];
      const layer = first + (index + 1) / 2;
      const id = `${linkId({ from, to })} ${layer}`;
      found.push({ item: { id, height: 0 }, layer, y });
      return [{ id, layer }];
    });
    waysOf.set(linkId({ from, to }), passages);
    const stops = [from, ...passages.map(({ id }) => id), to];
    stops.slice(1).forEach((right, index) => {
      const isWithin = index > 0 && index < stops.length - 2;
      itemLinks.push({ left: stops[index] ?? '', right, weight: isWithin ? PASSING_WEIGHT : 1 });
    });
  }
  const columns: ColumnItem[][] = [];
  for (const { item, layer } of found.toSorted((a, b) => a.y - b.y)) (columns[layer] ??= []).push(item);
  const filled = Array.from(columns, (column) => column ?? []);
  const heights = heightsInColumns(filled, itemLinks, (above, below) =>
    above.height > 0 && below.height > 0 ? GAP.node : GAP.link,
  );
  const height = Math.max(0, ...found.map(({ item }) => (heights.get(item.id) ?? 0) + item.height / 2));
  return { columns: filled.length, waysOf, heights, height };
}

/**
 * The links that lead on and for which room is made, the shortest first: as many as pass through `MOST_PASSAGES` columns.
 * The others are drawn as one curve.
 */
function withinReach(links: readonly DrawnLink[], layers: ReadonlyMap<string, number>): readonly DrawnLink[] {
  const passages = ({ from, to }: DrawnLink) => (layers.get(to) ?? 0) - (layers.get(from) ?? 0) - 1;
  const forward = links.filter(({ isForward }) => isForward);
  let left = MOST_PASSAGES;
  const near = new Set(
    forward
      .toSorted((a, b) => passages(a) - passages(b))
      .filter((link) => {
        left -= passages(link);
        return left >= 0;
      }),
  );
  return forward.filter((link) => near.has(link));
}

/** Lets the library arrange links that lead on. */
function arranged(nodes: readonly SizedNode[], links: readonly DrawnLink[], width: number) {
  const layers = new Map(nodes.map(({ id, layer }) => [id, layer]));
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  // the library counts two ranks for a column: the second is for labels of links
  const rankAsGiven = (ranked: typeof graph) => {
    for (const id of ranked.nodes()) ranked.node(id).rank = 2 * (layers.get(id) ?? -1);
  };
  graph.setGraph({
    rankdir: 'LR',
    nodesep: GAP.node,
    edgesep: GAP.link,
    ranksep: GAP.column,
    // its types know the library's own rankers only; a function may stand in their place
    ranker: rankAsGiven as unknown as 'longest-path',
  });
  for (const { id, height } of nodes) graph.setNode(id, { width, height });
  for (const { from, to } of links) graph.setEdge(from, to, { width: 0, height: 0 });
  if (nodes.length > 0) layout(graph);
  return graph;
}

function placeInRows(
  nodes: readonly SizedNode[],
  { width, from, columns }: { readonly width: number; readonly from: number; readonly columns: number },
): { middles: Map<string, Point>; width: number; height: number } {
  const middles = new Map<string, Point>();
  const across = Math.min(nodes.length, Math.max(columns, MIN_IN_ROW));
  let top = from + GAP.edge;
  for (let start = 0; start < nodes.length; start += across) {
    const row = nodes.slice(start, start + across);
    const height = Math.max(...row.map((node) => node.height));
    row.forEach(({ id }, index) =>
      middles.set(id, { x: GAP.edge + width / 2 + index * (width + GAP.column), y: top + height / 2 }),
    );
    top += height + GAP.node;
  }
  return {
    middles,
    width: across === 0 ? 0 : 2 * GAP.edge + across * width + (across - 1) * GAP.column,
    height: nodes.length === 0 ? 0 : top + GAP.edge,
  };
}

/** The path of a link: straight through columns, in a curve between them. */
export function pathOf(stations: readonly Point[]): string {
  const [start, ...rest] = stations;
  if (!start) return '';
  let at = start;
  const parts = rest.map((next, index) => {
    const isThrough = index % 2 === 1;
    const middle = round((at.x + next.x) / 2);
    const end = `${round(next.x)} ${round(next.y)}`;
    const part = isThrough ? `L${end}` : `C${middle} ${round(at.y)} ${middle} ${round(next.y)} ${end}`;
    at = next;
    return part;
  });
  return `M${round(start.x)} ${round(start.y)}${parts.join('')}`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}
