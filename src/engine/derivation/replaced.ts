/** What else would have decided a cell: statements of scenarios that a nearer one has replaced, and what lies below them. */
import { spanOf, type Change, type Line, type Periods, type Scenario } from '#plan';
import { resolveLine, ruleAt, type Rule } from '../resolve/resolve.ts';

/**
 * The rules that the deciding one stands in front of, nearest first, down to the plan's own.
 *
 * Missing: a cell that the plan itself decides has none.
 */
export function replacedRules(
  line: Line,
  period: number,
  periods: Periods,
  layers: readonly Scenario[],
): readonly Rule[] {
  const replaced: Rule[] = [];
  let below = layers;
  for (;;) {
    const rule = ruleAt(resolveLine(line, periods, below), period - periods.first);
    if (below !== layers) replaced.push(rule);
    const next = withoutDeciding(below, line.id, period, periods, rule);
    if (!next) return replaced;
    below = next;
  }
}

/** The layers without the statement that decides the cell; undefined where no scenario decides it. */
function withoutDeciding(
  layers: readonly Scenario[],
  line: string,
  period: number,
  periods: Periods,
  { base, transforms }: Rule,
): readonly Scenario[] | undefined {
  const growth = transforms.findLast(({ kind }) => kind === 'growth');
  const scenario = growth?.scenario ?? ('scenario' in base ? base.scenario : undefined);
  const index = layers.findIndex(({ id }) => id === scenario);
  const layer = layers[index];
  if (!layer) return undefined;
  const rest = growth
    ? withoutChange(layer, 'growth', line, period, periods)
    : base.kind === 'actual'
      ? withoutOwn(layer, 'actuals', line, period)
      : base.kind === 'formula'
        ? withoutChange(layer, 'formula', line, period, periods)
        : (withoutOwn(layer, 'values', line, period) ?? withoutChange(layer, 'set', line, period, periods));
  return rest && layers.with(index, rest);
}

function withoutOwn(
  layer: Scenario,
  part: 'values' | 'actuals',
  line: string,
  period: number,
): Scenario | undefined {
  const said = layer[part];
  const { [String(period)]: own, ...others } = said?.[line] ?? {};
  return own === undefined ? undefined : { ...layer, [part]: { ...said, [line]: others } };
}

function withoutChange(
  layer: Scenario,
  kind: 'set' | 'growth' | 'formula',
  line: string,
  period: number,
  periods: Periods,
): Scenario | undefined {
  const covers = (change: Change) => {
    const { from, to } = spanOf(periods, change);
    return change.line === line && kind in change && from <= period && period <= to;
  };
  const index = layer.changes?.findLastIndex(covers) ?? -1;
  return index === -1 ? undefined : { ...layer, changes: (layer.changes ?? []).toSpliced(index, 1) };
}
