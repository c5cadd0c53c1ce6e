/** A file holds data and no settings: a key that is not part of the format is refused wherever it stands. Row 19. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readFile, readLessonFile, writeBundle, writeScenarioFile } from '#exchange';
import { aPlan, aScenario } from '#tests/builders';

const KEYS = ['renderer', 'sanitizer', 'url', 'onclick', 'formatter', 'innerHTML', 'allowHtml', 'licenseKey'];

const plan = aPlan().line('gdp', { 2020: 100 }).driver('growth', '5%').target('gdp', 120).build();
const trial = aScenario({
  note: { zh: 'x', en: 'x' },
  values: { growth: { 2023: 0.08 } },
  changes: [{ line: 'gdp', from: 2022, formula: 'gdp[t-1] * (1 + growth)' }],
  actuals: { gdp: { 2021: 104 } },
  distributions: { growth: { kind: 'normal', mean: 0.05, sd: 0.01 } },
});
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const lesson = readFileSync('models/huzhou-2021-2025.four-years.lesson.json', 'utf8');

/** Every copy of a document in which one object has one key more. */
function* smuggled(text: string, key: string): Generator<[path: string, text: string]> {
  const count = [...text.matchAll(/"(?:[^"\\]|\\.)*"|\{/g)].filter(([found]) => found === '{').length;
  for (let wanted = 0; wanted < count; wanted += 1) {
    let seen = -1;
    yield [
      `object ${wanted}`,
      text.replaceAll(/"(?:[^"\\]|\\.)*"|\{(\s*\})?/g, (found, end: string | undefined) => {
        if (!found.startsWith('{')) return found;
        seen += 1;
        return seen === wanted ? `{${JSON.stringify(key)}: "html"${end ? '}' : ','}` : found;
      }),
    ];
  }
}

it.each([
  ['a scenario file', decode(writeScenarioFile(plan, [...plan.scenarios, trial], 'trial')), readFile],
  ['a bundle', decode(writeBundle(plan, [...plan.scenarios, trial])), readFile],
  ['a lesson', lesson, (text: string) => readLessonFile(text)],
] as const)('%s with a setting in any of its objects is refused', (_, text, read) => {
  expect(read(text).ok).toBe(true);
  const taken: string[] = [];
  let tried = 0;
  for (const key of KEYS)
    for (const [path, changed] of smuggled(text, key)) {
      tried += 1;
      if (read(changed).ok) taken.push(`${key} in ${path}`);
    }
  expect(tried).toBeGreaterThan(50);
  expect(taken).toEqual([]);
});
