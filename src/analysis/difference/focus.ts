/**
 * The part of a plan that chosen cells can depend on. A question that evaluates hundreds of times asks it of this part:
 * the values are the same bit for bit, because no line outside of it is read.
 */
import type { Line, Scenario } from '#plan';
import { buildEngine, type Engine } from '#engine';

/**
 * Builds an engine of only those lines that `lines` read, directly or not, whatever formula any of `layers` gives them.
 * The order of the lines is kept, so that loops settle in the same order.
 */
export function focusEngine(engine: Engine, lines: readonly string[], layers: readonly Scenario[]): Engine {
  const needed = findSources(engine, lines, layers);
  return buildEngine({ ...engine.plan, lines: engine.plan.lines.filter((line) => needed.has(line.id)) });
}

/** The ids of all lines that `lines` may read under any of `layers`, themselves included. */
export function findSources(
  engine: Engine,
  lines: readonly string[],
  layers: readonly Scenario[],
): ReadonlySet<string> {
  const { plan } = engine;
  const byId = new Map(plan.lines.map((line) => [line.id, line]));
  const found = new Set<string>();
  const open = lines.filter((id) => byId.has(id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    for (const text of formulasOf(byId.get(id) as Line, layers)) {
      for (const { line } of engine.check(id, text).code?.dependencies ?? []) {
        const source = plan.lines[line];
        if (source && !found.has(source.id)) open.push(source.id);
      }
    }
  }
  return found;
}

/** The formulas that a line may have under any of `layers`, its own first. */
export function formulasOf(line: Line, layers: readonly Scenario[]): readonly string[] {
  const replaced = layers.flatMap((layer) =>
    (layer.changes ?? []).flatMap((change) =>
      'formula' in change && change.line === line.id ? [change.formula] : [],
    ),
  );
  return [...new Set(line.formula === undefined ? replaced : [line.formula, ...replaced])];
}
