/** What of a plan's logic is on the map: folded sections, the neighbourhood of one line, columns. Pure. */
import type { Line, Plan } from '#plan';
import { linksBy, type MapGraph, type MapLink } from './logic-map-graph.ts';
import { orderNodes } from './logic-map-order.ts';

/** A map of more nodes can be read no more, and takes long to arrange. */
export const MAX_NODES = 300;

/** A map of more links shows none of them. */
const MAX_LINKS = 1500;

/** A place on the map: a line, or a section that is folded. */
export interface MapNode {
  /** Of the line; of a section with § before it. */
  readonly id: string;
  readonly section: string;
  /** Absent for a folded section. */
  readonly line?: Line;
  /** The ids of the lines that it stands for. */
  readonly lines: readonly string[];
  /** Column from the left, from 0. */
  readonly layer: number;
}

/** A link between nodes. */
export interface NodeLink extends MapLink {
  /** Whether it leads to a column farther right; the others lead back. */
  readonly isForward: boolean;
}

/** The neighbourhood of one line. */
export interface Neighbourhood {
  readonly line: string;
  /** How many links away a line may be, in either direction. */
  readonly steps: number;
}

/** What a person has chosen to see. */
export interface MapChoice {
  readonly folded: ReadonlySet<string>;
  /** Also lines that read nothing and that nothing reads. */
  readonly areLoneShown: boolean;
  /** Only these; nothing is folded then. */
  readonly around?: Neighbourhood;
}

/** What is on the map. */
export interface ShownMap {
  /** By column; within one in the order of the plan. */
  readonly nodes: readonly MapNode[];
  readonly links: readonly NodeLink[];
  /** How many lines without any link there are in what is looked at. */
  readonly lone: number;
  /** How many lines would stand on the map and do not, because they are too many. */
  readonly cut: number;
}

/** The id of the node that stands for a folded section. */
export function sectionNode(section: string): string {
  return `§${section}`;
}

/** The lines that read nothing and that nothing reads. */
export function loneLines({ lines, reads, readers }: MapGraph): ReadonlySet<string> {
  return new Set(lines.flatMap(({ id }) => (reads.has(id) || readers.has(id) ? [] : [id])));
}

/** Lays out what is chosen in columns: drivers on the left, then each line right of what it reads. */
export function showMap(graph: MapGraph, plan: Pick<Plan, 'sections'>, choice: MapChoice): ShownMap {
  const lone = loneLines(graph);
  const { around } = choice;
  const near = around && neighbours(graph, around);
  const wanted = graph.lines.filter(({ id }) => (near ? near.has(id) : choice.areLoneShown || !lone.has(id)));
  const folded = near ? new Set<string>() : choice.folded;
  const nodeOf = new Map(
    wanted.map(({ id, section }) => [id, folded.has(section) ? sectionNode(section) : id]),
  );
  const nodes = nodesOf(wanted, plan, folded);
  const links = mergedLinks(graph, nodeOf, wanted);
  if (nodes.length > MAX_NODES || links.length > MAX_LINKS)
    return { nodes: [], links: [], lone: lone.size, cut: wanted.length };
  const columns = columnsOf(nodes, links);
  return {
    nodes: nodes.map((node) => ({ ...node, layer: columns.layers.get(node.id) ?? 0 })),
    links: links.map((link) => ({ ...link, isForward: columns.isForward(link) })),
    lone: near ? 0 : lone.size,
    cut: 0,
  };
}

/** Lines that are at most so many links away, the line itself among them. */
function neighbours(graph: MapGraph, { line, steps }: Neighbourhood): ReadonlySet<string> {
  const found = new Set([line]);
  for (const [links, end] of [
    [graph.reads, 'from'],
    [graph.readers, 'to'],
  ] as const) {
    const seen = new Set([line]);
    let edge = [line];
    for (let step = 0; step < steps && edge.length > 0; step += 1) {
      const next = new Set(edge.flatMap((id) => (links.get(id) ?? []).map((link) => link[end])));
      edge = [...next].filter((id) => !seen.has(id));
      for (const id of edge) seen.add(id);
    }
    for (const id of seen) found.add(id);
  }
  return found;
}

type Unplaced = Omit<MapNode, 'layer'>;

/** A node for each line, or for each folded section, in the order of the plan's sections. */
function nodesOf(
  lines: readonly Line[],
  { sections }: Pick<Plan, 'sections'>,
  folded: ReadonlySet<string>,
): Unplaced[] {
  const bySection = new Map(sections.map(({ id }) => [id, [] as Line[]]));
  for (const line of lines) bySection.get(line.section)?.push(line);
  return [...bySection].flatMap(([section, own]): Unplaced[] => {
    if (own.length === 0) return [];
    if (folded.has(section)) return [{ id: sectionNode(section), section, lines: own.map(({ id }) => id) }];
    return own.map((line) => ({ id: line.id, section, line, lines: [line.id] }));
  });
}

/** The links between nodes, each once; those within a folded section are gone. */
function mergedLinks(
  graph: MapGraph,
  nodeOf: ReadonlyMap<string, string>,
  lines: readonly Line[],
): MapLink[] {
  const merged = new Map<string, MapLink>();
  for (const { id } of lines) {
    for (const link of graph.reads.get(id) ?? []) {
      const [from, to] = [nodeOf.get(link.from), nodeOf.get(link.to)];
      if (from === undefined || to === undefined || from === to) continue;
      const key = `${from} ${to}`;
      const isLagged = link.isLagged && (merged.get(key)?.isLagged ?? true);
      merged.set(key, { from, to, isLagged });
    }
  }
  return [...merged.values()];
}

/**
 * The column of each node. Drivers stand in the first: what a driver itself reads leads back to it. A line that reads
 * nothing and is no driver stands next to its first reader.
 */
function columnsOf(nodes: readonly Unplaced[], links: readonly MapLink[]) {
  const drivers = new Set(nodes.flatMap(({ id, line }) => (line?.kind === 'driver' ? [id] : [])));
  const isBack = ({ from, to, isLagged }: MapLink) => drivers.has(to) && (isLagged || !drivers.has(from));
  const counted = links.filter((link) => !isBack(link));
  const { levels, isForward } = orderNodes(
    nodes.map(({ id }) => id),
    counted,
  );
  const forward = counted.filter(isForward);
  const [into, out] = [linksBy(forward, 'to'), linksBy(forward, 'from')];
  const layers = new Map(levels);
  for (const { id, line } of nodes) {
    if (into.has(id) || line?.kind === 'driver') continue;
    const first = Math.min(...(out.get(id) ?? []).map(({ to }) => levels.get(to) ?? 1));
    if (Number.isFinite(first)) layers.set(id, first - 1);
  }
  const isOn = new Set(forward);
  return { layers, isForward: (link: MapLink) => isOn.has(link) };
}
