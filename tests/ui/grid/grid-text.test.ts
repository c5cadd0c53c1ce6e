/** What goes to a spreadsheet and comes back: numbers whole, blocks as lines and tabs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '#quantity';
import type { Unit } from '#quantity';
import { parseBlock, printBlock } from '../../../src/ui/grid/block-text.ts';
import { exactText } from '../../../src/ui/grid/exact-text.ts';

const unit = (text: string, shown: Unit['shown']): Unit => ({ text, dimension: {}, scale: 1, shown });
const percent = unit('%', 100);
const plain = unit('亿元', 1);

describe('a number as text', () => {
  it.each([
    [0.0825, percent, '8.25%'],
    [0.07, percent, '7%'],
    [-0.012, percent, '-1.2%'],
    [0.0025, unit('‰', 1000), '2.5‰'],
    [1234.5, plain, '1234.5'],
    [0, percent, '0%'],
  ])('%d is %s', (value, of, text) => expect(exactText(value, of)).toBe(text));

  it('is nothing when it is missing, and the code of a failure', () => {
    expect(exactText(null, plain)).toBe('');
    expect(exactText({ kind: 'failure', code: '#DIV/0!', reason: 'divide_by_zero', args: {} }, plain)).toBe(
      '#DIV/0!',
    );
  });

  it('reads back as the very same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }), (value) => {
        for (const of of [percent, plain]) expect(parseNumber(exactText(value + 0, of))).toBe(value + 0);
      }),
    );
  });
});

describe('a block', () => {
  it('is read as Excel writes it', () => {
    expect(parseBlock('6%\t7%\r\n1,234\t\r\n')).toEqual([
      ['6%', '7%'],
      ['1,234', ''],
    ]);
    expect(parseBlock('"a ""b"""\t"two\nlines"\n')).toEqual([['a "b"', 'two\nlines']]);
    expect(parseBlock('12')).toEqual([['12']]);
    expect(parseBlock('"an open quote')).toEqual([['"an open quote']]);
  });

  it('comes back as it went', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', '\t', '"', '\n', '。') });
    const block = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
      );
    fc.assert(
      fc.property(block, (rows) => {
        // one empty cell alone is no text at all
        fc.pre(rows.some((row) => row.length > 1 || row[0] !== ''));
        expect(parseBlock(`${printBlock(rows)}\r\n`)).toEqual(rows);
      }),
    );
  });
});
