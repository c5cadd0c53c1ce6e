/** A workload as rows of a spreadsheet. */
import { cellName, spellInCells } from '../spelling.ts';
import type { Workload } from '../workloads.ts';

/** A workload as rows: numbers, and formulas as text. */
export interface Sheet {
  readonly rows: readonly (readonly (number | string)[])[];
  readonly periods: number;
}

/** Writes every cell. A driver repeats its second period, which is the one that is changed. */
export function toSheet({ lines, periods }: Workload): Sheet {
  const rows = lines.map(({ first, formula }, line) =>
    Array.from({ length: periods }, (_, period) => {
      if (period === 0) return first;
      if (formula) return spellInCells(formula, line, period);
      return period === 1 ? first : `=${cellName(line, period - 1)}`;
    }),
  );
  return { rows, periods };
}
