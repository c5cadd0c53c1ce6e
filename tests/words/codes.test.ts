/** Every code that can arise anywhere has its sentence in both languages. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionList } from '#formula';
import { languages, loadWords, wordsIn } from '#words';

await Promise.all([loadWords('zh'), loadWords('en')]);

const source = resolve(import.meta.dirname, '../../src');

/** The members of a union of string literals, read from its declaration. */
function unionOf(file: string, name: string): string[] {
  const text = readFileSync(resolve(source, file), 'utf8');
  const declaration = new RegExp(`export type ${name} =([^;]*);`, 's').exec(text)?.[1] ?? '';
  return [...declaration.matchAll(/'([^']+)'/g)].map((match) => match[1] ?? '');
}

const codes = [
  ...unionOf('quantity/failure.ts', 'FailureReason').map((code) => `reason_${code}`),
  ...unionOf('quantity/number-text.ts', 'NumberProblemCode').map((code) => `problem_${code}`),
  ...unionOf('formula/problem.ts', 'FormulaProblemCode').map((code) => `problem_${code}`),
  ...unionOf('plan/read-plan.ts', 'PlanProblemCode').map((code) => `problem_${code}`),
  ...unionOf('plan/read-lesson.ts', 'LessonProblemCode').map((code) => `problem_${code}`),
  ...unionOf('analysis/lesson/rehearsal.ts', 'RehearsalProblemCode').map((code) => `problem_${code}`),
  ...unionOf('analysis/lesson/predicate.ts', 'ConditionProblemCode').map((code) => `problem_${code}`),
  ...unionOf('plan/distribution.ts', 'DistributionFault').map((code) => `problem_${code}`),
  ...unionOf('analysis/chance/distribution-text.ts', 'DistributionProblemCode').map(
    (code) => `problem_${code}`,
  ),
  ...unionOf('analysis/chance/history-growth.ts', 'HistoryProblemCode').map((code) => `problem_${code}`),
  ...unionOf('analysis/chance/uncertain-drivers.ts', 'UncertainProblemCode').map((code) => `problem_${code}`),
  ...unionOf('exchange/problem.ts', 'ImportProblemCode').map((code) => `problem_${code}`),
  ...unionOf('exchange/problem.ts', 'LinkProblemCode').map((code) => `problem_${code}`),
  ...unionOf('exchange/problem.ts', 'TableProblemCode').map((code) => `problem_${code}`),
  ...unionOf('exchange/problem.ts', 'WorkbookProblemCode').map((code) => `problem_${code}`),
  ...unionOf('session/cell-entry.ts', 'EntryProblemCode').map((code) => `problem_${code}`),
  ...unionOf('session/distribution-entry.ts', 'DistributionEntryProblemCode').map(
    (code) => `problem_${code}`,
  ),
  ...unionOf('storage/plan-store.ts', 'StorageProblemCode').map((code) => `storage_${code}`),
];

it('finds the codes', () => {
  expect(codes.length).toBeGreaterThan(70);
  expect(functionList.length).toBeGreaterThan(50);
});

describe.each(languages)('%s', (language) => {
  const say = wordsIn(language).say as (key: string, args: object) => string;
  it.each(codes)('has a sentence for %s', (code) => {
    expect(say(code, new Proxy({}, { get: () => '7' })).length).toBeGreaterThan(3);
  });
});
