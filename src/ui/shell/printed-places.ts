/** A line's observed figures, put together by where they stand in the document. */
import type { Figure, Line, Localized, Plan, Source } from '#plan';

/** One figure at its place. */
export interface PlacedFigure {
  readonly figure: Figure;
  /** The column's head as printed, for a figure of a table. */
  readonly column: string | undefined;
}

/** Figures of one printed row, of one passage, or without a place. */
export interface PrintedPlace {
  readonly key: string;
  /** The table's short name. */
  readonly table: Localized | undefined;
  /** The row's label or the passage, as printed. */
  readonly text: string | undefined;
  readonly figures: readonly PlacedFigure[];
}

/** A place as one list of printed words: the table by its name, then row and column, or the passage. */
export function placeWords(
  plan: Plan,
  source: Source,
): { table: Localized | undefined; words: readonly string[] } {
  if ('section' in source) return { table: undefined, words: [source.section] };
  const table = plan.tables.find((one) => one.id === source.table)?.name;
  return { table, words: [source.row, source.column] };
}

/** The figures of a line by place, in the order in which the places first appear. */
export function printedPlaces(plan: Plan, line: Line): readonly PrintedPlace[] {
  const places = new Map<string, PrintedPlace & { figures: PlacedFigure[] }>();
  for (const figure of line.figures ?? []) {
    const { source } = figure;
    const isCell = source !== undefined && 'table' in source;
    const text = source && (isCell ? source.row : source.section);
    const key = isCell ? `${source.table}\n${text}` : `${text ?? ''}`;
    let place = places.get(key);
    if (!place) {
      const table = isCell ? plan.tables.find((one) => one.id === source.table)?.name : undefined;
      place = { key, table, text, figures: [] };
      places.set(key, place);
    }
    place.figures.push({ figure, column: isCell ? source.column : undefined });
  }
  return [...places.values()];
}
