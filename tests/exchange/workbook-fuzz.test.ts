/** Workbooks that were damaged or made to harm: each is refused with a problem or read; never an exception, never a hang. */
import * as fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { aPlan } from '#tests/builders';
import {
  byteMutation,
  savedWorkbook,
  survives,
  textMutation,
  withBytes,
  withText,
} from './mutated-workbooks.ts';
import { read, written } from './workbook-edits.ts';

describe('two thousand damaged workbooks', () => {
  it('fail with a problem where bytes of the archive were changed', async () => {
    const plan = aPlan().driver('growth', '8%').line('gdp', { 2020: 100 }, 'gdp[t-1] * (1 + growth)').build();
    const files = [savedWorkbook('loan.calculated'), savedWorkbook('region'), await written(plan)];
    const mutations = fc.sample(fc.record({ file: fc.nat(files.length - 1), change: byteMutation }), {
      numRuns: 1000,
      seed: 7,
    });
    for (const { file, change } of mutations)
      await survives(withBytes(files[file] as Uint8Array, change), [plan]);
  }, 180_000);

  it('fail with a problem, or are read, where the text of their parts was changed', async () => {
    const files = ['three-statements.calculated', 'loan.calculated', 'project', 'region.calculated'].map(
      savedWorkbook,
    );
    const mutations = fc.sample(
      fc.record({
        file: fc.nat(files.length - 1),
        edits: fc.array(textMutation, { minLength: 1, maxLength: 4 }),
      }),
      { numRuns: 1000, seed: 11 },
    );
    const outcomes = new Set<string>();
    for (const { file, edits } of mutations)
      outcomes.add(await survives(withText(files[file] as Uint8Array, edits)));
    expect(outcomes).toContain('model');
    expect(outcomes.size).toBeGreaterThan(2);
  }, 180_000);
});

describe('a workbook made to harm', () => {
  const withSheet = (xml: string) => {
    const parts = unzipSync(savedWorkbook('loan'));
    parts['xl/worksheets/sheet1.xml'] = strToU8(xml);
    return zipSync(parts, { level: 9 });
  };
  const sheet = (rows: string) =>
    `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;

  it('is refused when it unpacks to more than a page can hold', async () => {
    const parts = unzipSync(savedWorkbook('loan'));
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
    const parts = unzipSync(savedWorkbook('loan.calculated'));
    parts['xl/vbaProject.bin'] = strToU8('macro');
    parts['xl/externalLinks/externalLink1.xml'] = strToU8('<x/>');
    const result = await read(zipSync(parts));
    expect(result.ok && result.value.problems.map(({ code }) => code)).toEqual([
      'workbook_macros',
      'workbook_links',
    ]);
  });
});
