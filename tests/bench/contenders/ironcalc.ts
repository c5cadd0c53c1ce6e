/** IronCalc in WebAssembly: cells are entered with evaluation paused, and every change evaluates all. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initSync, Model as Workbook } from '@ironcalc/wasm';
import type { Contender } from './contender.ts';
import { toSheet, type Sheet } from './sheet.ts';

/** Values are read as they are shown: with 16 digits. */
const ALL_DIGITS = '0.000000000000000E+00';

export const ironcalc: Contender = {
  name: 'IronCalc',
  async load() {
    const path = createRequire(import.meta.url).resolve('@ironcalc/wasm/wasm_bg.wasm');
    await Promise.resolve(initSync({ module: readFileSync(path) }));
  },
  spell: toSheet,
  build(document) {
    const { rows, periods } = document as Sheet;
    const book = new Workbook('bench', 'en', 'UTC', 'en');
    book.pauseEvaluation();
    rows.forEach((row, line) =>
      row.forEach((cell, period) => book.setUserInput(0, line + 1, period + 1, String(cell))),
    );
    book.resumeEvaluation();
    book.evaluate();
    let isFormatted = false;
    return {
      change(changes) {
        book.pauseEvaluation();
        for (const { driver, value } of changes) book.setUserInput(0, driver + 1, 2, String(value));
        book.resumeEvaluation();
        book.evaluate();
      },
      values() {
        const area = { sheet: 0, row: 1, column: 1, width: periods, height: rows.length };
        if (!isFormatted) book.updateRangeStyle(area, 'num_fmt', ALL_DIGITS);
        isFormatted = true;
        return Float64Array.from({ length: rows.length * periods }, (_, cell) =>
          Number(book.getFormattedCellValue(0, Math.floor(cell / periods) + 1, (cell % periods) + 1)),
        );
      },
    };
  },
};
