/**
 * The JSON Schemas in `public/` are made from the one definition in `plan/schema.ts`: editors complete plans with them.
 *
 * After a change of the definition `npx vitest run tests/plan -u` writes them anew.
 */
import { toJsonSchema } from '@valibot/to-json-schema';
import { expect, it } from 'vitest';
import { lessonSchema, planSchema, scenarioSchema } from '#plan';

it.each([
  ['plan.schema.json', 'Tuiyan plan', planSchema],
  ['scenario.schema.json', 'Tuiyan scenario', scenarioSchema],
  ['lesson.schema.json', 'Tuiyan lesson', lessonSchema],
] as const)('%s is in step with the definition', async (file, title, definition) => {
  // rules between keys (a range needs upTo) have no word in JSON Schema; reading a plan checks them
  const schema = toJsonSchema(definition, { errorMode: 'ignore', target: 'draft-2020-12' });
  const text = `${JSON.stringify({ $id: file, title, ...schema }, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(`../../public/${file}`);
});
