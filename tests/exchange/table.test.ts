/** Tables out and in: what a spreadsheet would run is disarmed, numbers are exact, and what was guessed is said. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  printTable,
  readTable,
  writeTable,
  type CellToWrite,
  type Table,
  type TableReading,
} from '#exchange';

function table(given: Uint8Array | string, chosen?: Partial<TableReading>): Table {
  const read = readTable(given, chosen);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.table;
}

/** Cells as plain values: a number, a text, or nothing; a percentage is written with its sign. */
function plain({ rows }: Table): (string | number | null)[][] {
  return rows.map((row) =>
    row.map((cell) => (cell.kind === 'empty' ? null : cell.kind === 'text' ? cell.text : cell.value)),
  );
}

const codes = ({ problems }: Table) => problems.map(({ code, args }) => [code, ...Object.values(args)]);

describe('writing', () => {
  it('is UTF-8 with a mark, commas and CRLF, quoted where it must be', () => {
    const bytes = writeTable([
      ['名称', 'a,b', 'say "x"', 'two\nlines', ' blank'],
      [1234.5, -5, null, { percent: 0.0825 }, 'x'],
    ]);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toBe(
      '名称,"a,b","say ""x""","two\nlines"," blank"\r\n1234.5,-5,,8.25%,x\r\n',
    );
  });

  // what OWASP and ASVS 1.2.10 name, and the ways past the usual rule: a blank before, the full-width forms
  it.each([
    ['=1+1', `"'=1+1"`],
    ['+1', `"'+1"`],
    ['-1+cmd', `"'-1+cmd"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    [' =1', `"' =1"`],
    ['\u00a0=1', `"'\u00a0=1"`],
    ['＝1', `"'＝1"`],
    ['－1', `"'－1"`],
    ['\tx', `"'\tx"`],
    ['\rx', `"'\rx"`],
    ['\nx', `"'\nx"`],
    ['\u0000=1', `"'\u0000=1"`],
    // one that is disarmed already gets another, so that reading gives back exactly this one
    ["'=1", `"''=1"`],
    ['"=1', `"""=1"`],
    ['a=1', 'a=1'],
    ["it's", "it's"],
    ['‘贷款’', '‘贷款’'],
  ])('%j is written as %j', (text, written) => {
    expect(printTable([[text]])).toBe(`${written}\r\n`);
  });

  it('leaves numbers numbers, to the last bit', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom('.' as const, ',' as const),
        (value, decimal) => {
          const writing = { delimiter: ';', decimal } as const;
          const [[number, percent] = []] = plain(
            table(printTable([[value, { percent: value }]], writing), writing),
          );
          expect(number).toBe(value);
          // as a percentage of a number near the largest there is, it would be none
          if (Math.abs(value) < 1e306) expect(percent).toBe(value);
        },
      ),
      { numRuns: 2000 },
    );
    expect(
      printTable([
        [1e21, 123456789012345680000, 1e-6, 1.5e-7, -0, 0.07, { percent: 0.07 }, { percent: 1e-9 }],
      ]),
    ).toBe('1e21,123456789012345680000,0.000001,0.00000015,-0,0.07,7%,0.0000001%\r\n');
  });
});

describe('round trips', () => {
  const text = fc.oneof(fc.string({ maxLength: 12 }), fc.stringMatching(/^['"=+\-@ \t\r\n,;＝]{1,6}x$/));
  const cells = fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });

  it('keep every text, and no apostrophe grows', () => {
    fc.assert(
      fc.property(
        cells,
        fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
        (rows, delimiter) => {
          // texts that are numbers or blanks are read as such
          const isText = (one: string) => one.trim() !== '' && typeof plainOf(one) === 'string';
          const kept = rows.map((row) => row.map((one) => (isText(one) ? one : 'x')));
          let written = kept;
          for (let time = 0; time < 3; time += 1) {
            written = plain(
              table(printTable(written, { delimiter }), { delimiter, decimal: '.' }),
            ) as string[][];
          }
          expect(written).toEqual(kept);
        },
      ),
      { numRuns: 1000 },
    );
  });

  function plainOf(one: string): string | number | null | undefined {
    return plain(
      table(`${JSON.stringify(one).replace(/^"|"$/g, '')};x`, { delimiter: ';', decimal: '.' }),
    )[0]?.[0];
  }
});

describe('reading', () => {
  it.each<[string, CellToWrite[][]]>([
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        [1, 2],
      ],
    ],
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        [1, 2],
      ],
    ],
    [
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        [1, 2],
      ],
    ],
    ['"a ""b""",c', [['a "b"', 'c']]],
    ['"a\r\nb",c', [['a\r\nb', 'c']]],
    [
      'a,,c\n,,',
      [
        ['a', null, 'c'],
        [null, null, null],
      ],
    ],
    ['a,b\n1', [['a', 'b'], [1]]],
    ['"1,234.5",(12)', [[1234.5, -12]]],
    ['8%,5‰,−3,＋４', [[0.08, 0.005, -3, 4]]],
    ['007,2020-01-02,0x1F,1-2', [['007', '2020-01-02', '0x1F', '1-2']]],
    ["1 234.5,1'234,12 34", [[1234.5, 1234, '12 34']]],
  ])('%j', (text, cells) => {
    expect(plain(table(text))).toEqual(cells);
  });

  it.each<[string, Uint8Array | string, Partial<TableReading>]>([
    ['commas', 'a,b\n1,2', { delimiter: ',', decimal: '.', encoding: 'utf-8' }],
    ['semicolons and decimal commas', 'a;b;c\n1,5;2,25;x', { delimiter: ';', decimal: ',' }],
    ['tabs, as from the clipboard', 'a\tb\n1.5\t2,000', { delimiter: '\t', decimal: '.' }],
    ['bars', 'a|b\n1|2', { delimiter: '|' }],
    ['decimal commas with points for thousands', 'a;b\n1.234,56;7', { delimiter: ';', decimal: ',' }],
    [
      'UTF-16 of a Windows program',
      Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x09, 0, 0x31, 0),
      { encoding: 'utf-16le', delimiter: '\t' },
    ],
    ['the other UTF-16', Uint8Array.of(0xfe, 0xff, 0, 0x61, 0, 0x2c, 0, 0x31), { encoding: 'utf-16be' }],
    // 贷款,1 as a Chinese Windows writes it
    ['GB 18030', Uint8Array.of(0xb4, 0xfb, 0xbf, 0xee, 0x2c, 0x31), { encoding: 'gb18030' }],
  ])('guesses %s', (_, given, reading) => {
    expect(table(given).reading).toMatchObject(reading);
  });

  it('reads Chinese of GB 18030 and says that it guessed', () => {
    const read = table(Uint8Array.of(0xb4, 0xfb, 0xbf, 0xee, 0x2c, 0x31));
    expect(plain(read)).toEqual([['贷款', 1]]);
    expect(read.unsure).toEqual(['encoding']);
  });

  it('takes another choice, and then is sure', () => {
    const text = 'a;b\n1,234;5';
    const guess = table(text);
    expect(plain(guess)[1]).toEqual([1234, 5]);
    expect(guess.unsure).toEqual(['decimal']);
    expect(codes(guess)).toEqual([['table_number_ambiguous', 2, 1, '1,234']]);
    const chosen = table(text, { decimal: ',' });
    expect(plain(chosen)[1]).toEqual([1.234, 5]);
    expect([chosen.unsure, chosen.problems]).toEqual([[], []]);
    expect(plain(table(text, { delimiter: ',' }))).toEqual([['a;b'], [1, '234;5']]);
  });

  it('lists numbers of both customs instead of choosing unseen', () => {
    const read = table('a;b\n1,5;2.5\n3.25;x');
    expect(read.unsure).toEqual(['decimal']);
    expect(plain(read).slice(1)).toEqual([
      ['1,5', 2.5],
      [3.25, 'x'],
    ]);
    expect(codes(read)).toEqual([['table_number_ambiguous', 2, 1, '1,5']]);
  });

  it('keeps what a number would spoil as text, and says so', () => {
    const read = table('account,huge,exact\n12345678901234567,1e999,0.30000000000000004');
    expect(plain(read)[1]).toEqual(['12345678901234567', '1e999', 0.1 + 0.2]);
    expect(codes(read)).toEqual([
      ['table_number_digits', 2, 1, '12345678901234567'],
      ['table_number_not_finite', 2, 2, '1e999'],
    ]);
  });

  it('names quotes that are wrong, with their line', () => {
    expect(codes(table('a,b\n"x"y,1'))).toEqual([['table_quote', 2]]);
    const open = table('a,b\n1,"x\n2,3');
    expect(codes(open)).toEqual([['table_quote_open', 2]]);
    expect(plain(open)).toEqual([
      ['a', 'b'],
      [1, 'x\n2,3'],
    ]);
  });

  it.each<[string, Uint8Array | string, string]>([
    ['nothing', '', 'table_empty'],
    ['a mark alone', Uint8Array.of(0xef, 0xbb, 0xbf), 'table_empty'],
    ['bytes that are no text', Uint8Array.of(0xff, 0x00, 0x81), 'table_encoding'],
    ['20 MB and a byte', new Uint8Array(20_000_001), 'table_too_large'],
    ['more cells than there may be', '1,'.repeat(2_000_001), 'table_too_many_cells'],
    ['a cell longer than any', `a,${'x'.repeat(32_768)}`, 'table_cell_too_long'],
  ])('refuses %s', (_, given, code) => {
    const read = readTable(given);
    expect(read.ok ? 'read' : read.problems.map((one) => one.code)).toEqual([code]);
  });

  it('reads up to these limits', () => {
    expect(plain(table(`a,${'x'.repeat(32_767)}`))[0]?.[1]).toHaveLength(32_767);
    expect(plain(table('1,'.repeat(2_000_000)))[0]).toHaveLength(2_000_001);
  });

  it('lists the first hundred problems and counts the rest, of a text made of quotes', () => {
    const read = table('"a"x\n'.repeat(100_000));
    expect(read.problems).toHaveLength(101);
    expect(codes(read).at(-1)).toEqual(['table_more_problems', 99_900]);
  });
});
