/** The codes of everything that can be wrong, read from the unions in which they are declared. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../tools/source-files.ts';

/** Unions whose members are codes of problems; a page that is not written as a file has sentences of its own place. */
const PROBLEMS = /export type (?!Standalone)(\w*(?:ProblemCode|DistributionFault))\b =([^;]*);/gs;

/** The members of unions of string literals. */
function membersOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((declared) =>
    [...(declared.at(-1) ?? '').matchAll(/'([^']+)'/g)].map((match) => match[1] ?? ''),
  );
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile() && one.name.endsWith('.ts'))
    .map((one) => join(one.parentPath, one.name));
}

/** All codes: of problems with what a person wrote, of reasons of failed cells, of trouble with storage. */
export function codesBySource() {
  const problems = ['quantity', 'formula', 'plan', 'analysis', 'exchange', 'session'].flatMap((room) =>
    sources(join('src', room)).flatMap((file) => membersOf(readText(file), PROBLEMS)),
  );
  return {
    problems: [...new Set(problems)].sort(),
    reasons: membersOf(readText('src/quantity/failure.ts'), /export type FailureReason =([^;]*);/gs),
    storage: membersOf(readText('src/storage/plan-store.ts'), /export type StorageProblemCode =([^;]*);/gs),
  };
}
