/**
 * What the library cannot say, put into the finished archive: Excel's own scenarios, and errors as what formulas gave.
 *
 * The archive is our own of a moment ago; nothing that a stranger wrote is read here.
 */
import { unzipSync, zipSync } from 'fflate';
import type { ScenarioRecord, Workbook } from './sheet.ts';

/** The part of the first sheet, on which the scenarios stand. */
const FIRST_SHEET = 'xl/worksheets/sheet1.xml';

/** One time for all entries: the same workbook is the same archive. Excel's oldest date. */
const DATE = '1980-01-01T00:00:00';

/** Finishes an archive. Fails: throws where the library has changed what it writes, so that nothing is left out silently. */
export function finishArchive(archive: Uint8Array, { records, active }: Workbook): Uint8Array {
  const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];
  const parts = unzipSync(archive);
  for (const [path, bytes] of Object.entries(parts)) {
    if (!/^xl\/worksheets\/sheet\d+\.xml$/.test(path)) continue;
    let xml = withErrors(decoder.decode(bytes));
    if (path === FIRST_SHEET && records.length > 0) xml = withScenarios(xml, records, active);
    parts[path] = encoder.encode(xml);
  }
  return zipSync(parts, { mtime: DATE });
}

/** An error that a formula gave is written as a text; as an error it is one to whatever reads the file. */
function withErrors(xml: string): string {
  return xml.replace(
    /<c ([^>]*?)t="str"([^>]*)>(<f>[^<]*<\/f>)<v>(#(?:DIV\/0!|NUM!|VALUE!|NAME\?|N\/A|REF!))<\/v>/g,
    '<c $1t="e"$2>$3<v>$4</v>',
  );
}

function withScenarios(xml: string, records: readonly ScenarioRecord[], active: number): string {
  const end = '</sheetData>';
  if (!xml.includes(end)) throw new Error('the sheet has no data to put scenarios after');
  const written = records.map(({ name, comment, cells }) => {
    const inputs = cells.map(
      ({ address, value }) => `<inputCells r="${address}" val="${attribute(String(value))}"/>`,
    );
    const about = comment === '' ? '' : ` comment="${attribute(comment.slice(0, 255))}"`;
    return `<scenario name="${attribute(name)}" count="${cells.length}"${about}>${inputs.join('')}</scenario>`;
  });
  const place = `current="${active}" show="${active}"`;
  return xml.replace(end, () => `${end}<scenarios ${place}>${written.join('')}</scenarios>`);
}

function attribute(text: string): string {
  const plain = Array.from(text, (character) => (character < ' ' ? ' ' : character)).join('');
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
