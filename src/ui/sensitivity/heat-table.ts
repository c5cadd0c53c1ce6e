/** A heat map as a table: thinned to be read, and whole to be copied. */
import { SIDES, type HeatSheet } from '#session';

/** Up to `most` places of `count`, evenly apart, the first and the last among them. */
export function everyFew(count: number, most: number): number[] {
  const shown = Math.min(count, most);
  return Array.from({ length: shown }, (_, index) =>
    shown === 1 ? 0 : Math.round((index * (count - 1)) / (shown - 1)),
  );
}

/** All entries as a spreadsheet takes them: tabs and line breaks, numbers as stored, highest level of the rows first. */
export function tableText(heat: HeatSheet): string {
  const columns = heat.across.levels;
  const rows = heat.up.levels.map((level, row) => [
    level,
    ...columns.map((_, column) => {
      const at = row * columns.length + column;
      return heat.sides[at] === SIDES.none ? '' : (heat.values[at] as number);
    }),
  ]);
  return [['', ...columns], ...rows.reverse()].map((cells) => cells.join('\t')).join('\n');
}
