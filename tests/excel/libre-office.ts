/** LibreOffice Calc as the referee: it opens workbooks, calculates every formula anew, and says what it got. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readXlsx, type Workbook } from 'hucre/xlsx';

/** Always recalculate what is opened: without this Calc believes the values in the file. */
const PROFILE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`;

/** Finds the program: the environment’s, one on the path, or Debian’s place. */
function findSoffice(): string | undefined {
  const named = process.env['TUIYAN_SOFFICE'];
  const places = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'soffice'));
  return [...(named ? [named] : []), ...places, '/usr/bin/soffice'].find((path) => existsSync(path));
}

/** Calculates workbooks anew, all in one start of the program. Shape: by name, as they were given. Fails: throws with what it said. */
export async function recalculate(files: ReadonlyMap<string, Uint8Array>): Promise<Map<string, Workbook>> {
  const results = new Map<string, Workbook>();
  for (const [name, bytes] of saveAgain(files)) results.set(name, await readXlsx(bytes));
  return results;
}

/** Has workbooks opened, calculated and saved by the program. Shape and failures as those of `recalculate`. */
export function saveAgain(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  const soffice = findSoffice();
  if (soffice === undefined) throw new Error('LibreOffice is not installed');
  const folder = mkdtempSync(join(tmpdir(), 'tuiyan-excel-'));
  try {
    const [profile, given, gone] = ['profile', 'in', 'out'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    for (const path of [join(profile, 'user'), given, gone]) mkdirSync(path, { recursive: true });
    writeFileSync(join(profile, 'user', 'registrymodifications.xcu'), PROFILE);
    for (const [name, bytes] of files) writeFileSync(join(given, `${name}.xlsx`), bytes);
    const said = spawnSync(
      soffice,
      [
        `-env:UserInstallation=${pathToFileURL(profile).href}`,
        ...['--headless', '--norestore', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', gone],
        ...[...files.keys()].map((name) => join(given, `${name}.xlsx`)),
      ],
      { encoding: 'utf8', timeout: 600_000 },
    );
    const results = new Map<string, Uint8Array>();
    for (const name of files.keys()) {
      const path = join(gone, `${name}.xlsx`);
      if (!existsSync(path))
        throw new Error(`LibreOffice did not convert ${name}: ${said.stderr} ${said.stdout}`);
      results.set(name, new Uint8Array(readFileSync(path)));
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
