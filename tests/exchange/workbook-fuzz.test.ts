/** Workbooks that were damaged or made to harm: each is refused with a problem or read; never an exception, never a hang. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readModel } from '#exchange';
import { readPlan, type Plan } from '#plan';
import { aPlan } from '#tests/builders';
import { compared, read, written } from './workbook-edits.ts';

const both = (text: string) => ({ zh: text, en: text });
const saved = (name: string) =>
  new Uint8Array(readFileSync(resolve(import.meta.dirname, '../saved/workbooks', `${name}.xlsx`)));

/** Opens a workbook to its end: refused with problems, or a plan that holds. */
async function survives(bytes: Uint8Array, plans: readonly Plan[] = []): Promise<string> {
  const result = await read(bytes);
  if (!result.ok) {
    expect(result.problems.length).toBeGreaterThan(0);
    return result.problems[0]?.code ?? '';
  }
  if (result.value.kind === 'own') {
    const placed = await compared(bytes, plans);
    if (!placed.ok) expect(placed.problems.length).toBeGreaterThan(0);
    return 'own';
  }
  const work = readModel(result.value.workbook, { id: 'x', title: both('x'), scenarioName: both('x') });
  let step = work.next();
  while (!step.done) step = work.next();
  const model = step.value;
  if (!model.ok) {
    expect(model.problems.length).toBeGreaterThan(0);
    return model.problems[0]?.code ?? '';
  }
  expect(readPlan(JSON.parse(JSON.stringify(model.model.plan))).ok).toBe(true);
  return 'model';
}

/** What strangers put into the parts of a workbook. */
const PIECES = [
  ...[
    '<c',
    '</c>',
    '<f>',
    '</f>',
    '<v>',
    '</v>',
    '"',
    '&',
    '&amp;',
    '&#0;',
    '<!--',
    '<![CDATA[',
    '</row>',
    '<row r="9999999">',
  ],
  ...[
    'r="XFE1"',
    'r="A0"',
    't="shared" si="0"',
    't="array" ref="A1:Z9"',
    't="e"',
    '1e999',
    '-',
    'NaN',
    '#REF!',
    '[1]S!A1',
  ],
  ...[
    'SUM(A1:XFD1048576)',
    '((((((((((',
    "'",
    '1900',
    '2021',
    '\u0000',
    '贷',
    's="99999"',
    '<mergeCell ref="A1:XFD1048576"/>',
  ],
];

const textMutation = fc.record({
  part: fc.nat(),
  at: fc.nat(),
  length: fc.nat(30),
  piece: fc.constantFrom('', ...PIECES),
});

describe('two thousand damaged workbooks', () => {
  it('fail with a problem where bytes of the archive were changed', async () => {
    const plan = aPlan().driver('growth', '8%').line('gdp', { 2020: 100 }, 'gdp[t-1] * (1 + growth)').build();
    const files = [saved('loan.calculated'), saved('region'), await written(plan)];
    const mutations = fc.sample(
      fc.record({
        file: fc.nat(files.length - 1),
        cut: fc.option(fc.nat(), { freq: 6 }),
        bytes: fc.array(fc.record({ at: fc.nat(), value: fc.nat(255) }), { minLength: 1, maxLength: 6 }),
      }),
      { numRuns: 1000, seed: 7 },
    );
    for (const { file, cut, bytes } of mutations) {
      const given = (files[file] as Uint8Array).slice();
      for (const { at, value } of bytes) given[at % given.length] = value;
      await survives(cut === null ? given : given.slice(0, cut % given.length), [plan]);
    }
  }, 180_000);

  it('fail with a problem, or are read, where the text of their parts was changed', async () => {
    const files = ['three-statements.calculated', 'loan.calculated', 'project', 'region.calculated'].map(
      saved,
    );
    const mutations = fc.sample(
      fc.record({
        file: fc.nat(files.length - 1),
        edits: fc.array(textMutation, { minLength: 1, maxLength: 4 }),
      }),
      { numRuns: 1000, seed: 11 },
    );
    const outcomes = new Set<string>();
    for (const { file, edits } of mutations) {
      const parts = unzipSync(files[file] as Uint8Array);
      const paths = Object.keys(parts).filter((path) =>
        /sheet\d|workbook\.xml$|sharedStrings|styles/.test(path),
      );
      for (const { part, at, length, piece } of edits) {
        const path = paths[part % paths.length] as string;
        const text = strFromU8(parts[path] as Uint8Array);
        const from = at % text.length;
        parts[path] = strToU8(text.slice(0, from) + piece + text.slice(from + length));
      }
      outcomes.add(await survives(zipSync(parts, { level: 1 })));
    }
    expect(outcomes).toContain('model');
    expect(outcomes.size).toBeGreaterThan(2);
  }, 180_000);
});

describe('a workbook made to harm', () => {
  const withSheet = (xml: string) => {
    const parts = unzipSync(saved('loan'));
    parts['xl/worksheets/sheet1.xml'] = strToU8(xml);
    return zipSync(parts, { level: 9 });
  };
  const sheet = (rows: string) =>
    `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;

  it('is refused when it unpacks to more than a page can hold', async () => {
    const parts = unzipSync(saved('loan'));
    parts['xl/worksheets/sheet1.xml'] = new Uint8Array(260_000_000);
    const bomb = zipSync(parts, { level: 1 });
    expect(bomb.length).toBeLessThan(2_000_000);
    expect(await survives(bomb)).toBe('workbook_inflated');
  }, 60_000);

  it('is refused when two cells span a sheet that no memory holds', async () => {
    const far = Array.from(
      { length: 400 },
      (_, row) => `<row r="${row + 1}"><c r="XFD${row + 1}"><v>1</v></c></row>`,
    );
    expect(await survives(withSheet(sheet(far.join(''))))).toBe('workbook_too_many_cells');
  });

  it('is refused when it declares a document type', async () => {
    expect(await survives(withSheet(`<!DOCTYPE x [<!ENTITY a "b">]>${sheet('')}`))).toBe('workbook_doctype');
  });

  it('is refused when it is no workbook: old, behind a password, another archive, a text', async () => {
    expect(await survives(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))).toBe('workbook_old_format');
    const locked = new Uint8Array(
      [0xd0, 0xcf, 0, ...'EncryptedPackage'].flatMap((one) =>
        typeof one === 'string' ? [one.charCodeAt(0), 0] : [one],
      ),
    );
    expect(await survives(locked)).toBe('workbook_password');
    const others = { '.xlsb': ['xl/workbook.bin'], '.ods': ['content.xml', 'META-INF/manifest.xml'] };
    for (const [format, paths] of Object.entries(others))
      expect(
        await read(zipSync(Object.fromEntries(paths.map((path) => [path, strToU8('<x/>')])))),
      ).toMatchObject({ ok: false, problems: [{ code: 'workbook_other_format', args: { format } }] });
    expect(await survives(zipSync({ 'word/document.xml': strToU8('<x/>') }))).toBe('workbook_not_one');
    expect(await survives(strToU8('a,b,c'))).toBe('workbook_not_one');
    expect(await survives(new Uint8Array())).toBe('workbook_not_one');
    expect(await survives(new Uint8Array(20_000_001))).toBe('workbook_too_large');
  });

  it('leaves macros and links closed and says so', async () => {
    const parts = unzipSync(saved('loan.calculated'));
    parts['xl/vbaProject.bin'] = strToU8('macro');
    parts['xl/externalLinks/externalLink1.xml'] = strToU8('<x/>');
    const result = await read(zipSync(parts));
    expect(result.ok && result.value.problems.map(({ code }) => code)).toEqual([
      'workbook_macros',
      'workbook_links',
    ]);
  });
});
