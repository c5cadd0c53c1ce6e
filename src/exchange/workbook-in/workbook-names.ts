/** What names in formulas stand for: a cell, a range, a number. A name may hold on one sheet only, and there comes before another. */
import { readExcelWords, type ExcelWord, type ReferenceEnd } from './excel-words.ts';
import type { ForeignName } from './foreign-sheet.ts';

/** The names of a workbook. */
export class WorkbookNames {
  readonly #words = new Map<string, ExcelWord>();

  constructor(names: readonly ForeignName[]) {
    for (const { name, refersTo, sheet = '' } of names) {
      const [only, ...more] = readExcelWords(refersTo.replace(/^=/, '')) ?? [];
      if (!only || more.length > 0) continue;
      // without $ it is another cell for every cell that uses the name
      if (only.kind === 'number' || (only.kind === 'cells' && [only.from, only.to].every(isFixed)))
        this.#words.set(keyOf(sheet, name), only);
    }
  }

  /** Puts what names stand for in their place; `sheet` is that of the formula. A name that means nothing here stays. */
  replace(words: readonly ExcelWord[], sheet: string): readonly ExcelWord[] {
    if (this.#words.size === 0 || words.every(({ kind }) => kind !== 'name')) return words;
    return words.map((word) => {
      if (word.kind !== 'name') return word;
      const local = this.#words.get(keyOf(word.sheet ?? sheet, word.text));
      return local ?? this.#words.get(keyOf('', word.text)) ?? word;
    });
  }
}

function keyOf(sheet: string, name: string): string {
  return `${sheet}!${name}`.toLowerCase();
}

function isFixed({ isRowFixed, isColumnFixed }: ReferenceEnd): boolean {
  return isRowFixed && isColumnFixed;
}
