/** Printed form of a line's place in the order of calculation, for developers. */
import type { Step } from './schedule.ts';

/** Which step calculates a line and what stands with it; `nameOf` gives the id of a line by its number. */
export function printPlace(steps: readonly Step[], line: number, nameOf: (line: number) => string): string[] {
  const at = steps.findIndex((step) =>
    step.kind === 'line' ? step.line === line : step.lines.includes(line),
  );
  const step = steps[at];
  if (!step) return [];
  const place = `step ${at + 1} of ${steps.length}`;
  if (step.kind === 'line') return [`${place}: the line by itself, period after period`];
  const cycles = step.groups.filter((group) => group.length > 1 && group.some((cell) => cell.line === line));
  return [
    `${place}: a knot, cell by cell, of ${step.lines.map(nameOf).join(', ')}`,
    cycles.length === 0
      ? 'no cells of several lines need each other'
      : `cells that need each other in ${cycles.length} groups; the first: ${(cycles[0] ?? [])
          .map((cell) => `${nameOf(cell.line)} #${cell.index}`)
          .join(', ')}`,
  ];
}
