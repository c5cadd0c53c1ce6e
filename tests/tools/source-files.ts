/** The files of the repository, as the architecture tests read them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A file by its path from the root, with `/` between the parts, and what it holds. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What a program writes into `src/` and git ignores. */
const GENERATED = /^src\/words\/(compiled\/|project\.inlang\/(?!settings\.json))/;

/** Lists the paths of all files below a folder of the repository, generated ones left out. */
export function listPaths(folder: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/').slice(ROOT.length))
    .filter((path) => !GENERATED.test(path))
    .sort();
}

/** Reads the files below a folder whose path matches. */
export function readFiles(folder: string, matching: RegExp): SourceFile[] {
  return listPaths(folder)
    .filter((path) => matching.test(path))
    .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, 'utf8') }));
}

/** Reads one file of the repository. */
export function readText(path: string): string {
  return readFileSync(`${ROOT}${path}`, 'utf8');
}
