/** Scenarios mixed line by line: for every line what the first or what the second of two chains of layers says. */
import { lineOverlay, type LineOverlay, type Scenario } from '#plan';
import type { Courses } from '../reach/steady-line.ts';

/** A chain of layers, nearest first, as `Engine.calculate` takes it. */
export type Chain = readonly [scenario: Scenario, scenarios: readonly Scenario[]];

/** Builds the mixture in which the lines that `isSecond` names are as in the second chain, all others as in the first. */
export type Mixture = (isSecond: (line: string) => boolean) => Chain;

/**
 * Prepares the mixtures of two chains of layers, nearest first.
 *
 * What a line is worth is decided by what each layer says about that line, so layers of equal depth are merged. Steady lines
 * are as in the first chain, with their course in the periods that differ on top.
 */
export function prepareMixtures(
  first: readonly Scenario[],
  second: readonly Scenario[],
  steady: ReadonlyMap<string, Courses>,
): Mixture {
  const lines = [...new Set([...first, ...second].flatMap(touchedLines))];
  const depths = Array.from({ length: Math.max(first.length, second.length) }, (_, depth) => depth);
  const overlays = depths.map((depth) =>
    lines.map((line) => [overlayAt(first[depth], line), overlayAt(second[depth], line)] as const),
  );
  return (isSecond) => {
    const sides = lines.map((line) => (isSecond(line) && !steady.has(line) ? 1 : 0));
    const layers = depths.map((depth): Scenario => {
      const values: NonNullable<Scenario['values']> = {};
      const actuals: NonNullable<Scenario['actuals']> = {};
      const changes: NonNullable<Scenario['changes']> = [];
      lines.forEach((line, index) => {
        const overlay = overlays[depth]?.[index]?.[sides[index] as 0 | 1];
        if (overlay?.values) values[line] = { ...overlay.values };
        if (overlay?.actuals) actuals[line] = { ...overlay.actuals };
        changes.push(...(overlay?.changes ?? []));
      });
      const base = depth + 1 < depths.length ? { basedOn: layerId(depth + 1) } : {};
      return { ...layerHead(depth), values, actuals, changes, ...base };
    });
    const values = Object.fromEntries(
      [...steady].map(([line, courses]) => [line, { ...courses[isSecond(line) ? 1 : 0] }]),
    );
    const top: Scenario = { ...layerHead(-1), values, basedOn: layerId(0) };
    return [top, [top, ...layers]];
  };
}

/** Not an id that a plan may use. */
function layerId(depth: number): string {
  return `mixture:${depth}`;
}

function layerHead(depth: number): Scenario {
  return { id: layerId(depth), name: { zh: '—', en: '—' } };
}

function overlayAt(layer: Scenario | undefined, line: string): LineOverlay | null {
  return layer ? lineOverlay(layer, line) : null;
}

function touchedLines(layer: Scenario): string[] {
  return [
    ...Object.keys(layer.values ?? {}),
    ...Object.keys(layer.actuals ?? {}),
    ...(layer.changes ?? []).map((change) => change.line),
  ];
}
