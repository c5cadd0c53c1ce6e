/** HyperFormula, as its documentation starts it; without the rounding of results, which the others do not do. */
import { HyperFormula } from 'hyperformula';
import type { Contender } from './contender.ts';
import { toSheet, type Sheet } from './sheet.ts';

export const hyperformula: Contender = {
  name: 'HyperFormula',
  spell: toSheet,
  build(document) {
    const { rows, periods } = document as Sheet;
    const options = { licenseKey: 'gpl-v3', smartRounding: false };
    const engine = HyperFormula.buildFromArray(rows as (number | string)[][], options);
    const sheet = 0;
    return {
      change: (changes) =>
        void engine.batch(() => {
          for (const { driver, value } of changes)
            engine.setCellContents({ sheet, row: driver, col: 1 }, value);
        }),
      values: () =>
        Float64Array.from({ length: rows.length * periods }, (_, cell) =>
          Number(engine.getCellValue({ sheet, row: Math.floor(cell / periods), col: cell % periods })),
        ),
    };
  },
};
