/** What is saved is what was there, in one form of bytes, for every plan that ships and for plans and scenarios of chance. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hashPlan,
  placeImport,
  readFile,
  readGiven,
  readLink,
  toScenarioFile,
  writeBundle,
  writeLink,
  writeScenarioFile,
  type ExchangeDocument,
  type Import,
  type ReadLink,
} from '#exchange';
import type { Plan } from '#plan';
import { aPlan, aScenario } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';
import { plansWithScenarios, sayings } from './random-scenarios.ts';

/** The document, which must have come without a word about it. */
function whole(read: ReadLink): ExchangeDocument {
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  expect(read.problems).toEqual([]);
  return read.document;
}

function placed(document: ExchangeDocument, plan: Plan | undefined): Import {
  const result = placeImport(document, plan);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  expect(result.value.problems).toEqual([]);
  return result.value;
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The same data with the keys of every object in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, reversed(field)]),
  );
}

describe.each(planIds)('%s', (id) => {
  const plan = loadPlan(id);

  it.each(plan.scenarios.map((one) => one.id))('keeps scenario %s as a file and as a link', (scenario) => {
    const bytes = writeScenarioFile(plan, plan.scenarios, scenario);
    const link = writeLink(toScenarioFile(plan, plan.scenarios, scenario), 'https://example.org/plans/');
    if (!link.ok) throw new Error(JSON.stringify(link.problem));
    for (const read of [readFile(bytes), readLink(link.link), readGiven(text(bytes)), readGiven(link.link)]) {
      const arrived = placed(whole(read), plan);
      expect(arrived).toMatchObject({ scenario, isSamePlan: true, isPlanNew: false });
      const own = plan.scenarios.find((one) => one.id === scenario);
      expect(own).toBeDefined();
      expect(arrived.scenarios[0] && sayings(arrived.scenarios[0], plan)).toEqual(own && sayings(own, plan));
    }
  });

  it('keeps the whole plan as a bundle, for somebody who has it and somebody who does not', () => {
    const own = aScenario({ values: { [plan.lines[0]?.id ?? '']: { 2023: 0.1 + 0.2 } } });
    const bytes = writeBundle(plan, [...plan.scenarios, own], 'trial');
    const { $schema: _, scenarios, ...content } = plan;
    const document = whole(readFile(bytes));
    if (document.kind !== 'bundle') throw new Error('not a bundle');
    expect({ ...document.plan, scenarios: [] }).toEqual({ ...content, scenarios: [] });
    expect(document.plan.scenarios.map((one) => sayings(one, plan))).toEqual(
      scenarios.map((one) => sayings(one, plan)),
    );
    const abroad = placed(document, undefined);
    expect(abroad).toMatchObject({ isPlanNew: true, scenario: 'trial' });
    expect(abroad.scenarios).toEqual([own]);
    const home = placed(document, plan);
    expect(home).toMatchObject({ isPlanNew: false, isSamePlan: true });
    expect(home.scenarios.map((one) => one.id)).toEqual([...plan.scenarios.map((one) => one.id), 'trial']);
    expect(home.plan).toBe(plan);
  });

  it('is read as it ships', () => {
    const file = readFileSync(resolve(import.meta.dirname, `../../models/${id}.plan.json`));
    const { $schema: _, ...content } = plan;
    expect(whole(readFile(file))).toEqual({ kind: 'bundle', plan: content, scenarios: [] });
  });
});

describe('plans and scenarios of chance', () => {
  it('lose nothing as a file, a bundle or a link, and give the same bytes again', () => {
    fc.assert(
      fc.property(plansWithScenarios, ({ plan, all, chosen }) => {
        const bytes = writeScenarioFile(plan, all, chosen);
        const arrived = placed(whole(readFile(bytes)), plan);
        expect(arrived.scenarios.map((one) => sayings(one, plan))).toEqual(
          arrived.scenarios.map(({ id }) => {
            const own = all.find((one) => one.id === id);
            return own && sayings(own, plan);
          }),
        );
        // all that it builds on came along: another copy of it is the same bytes
        expect(text(writeScenarioFile(plan, arrived.scenarios, chosen))).toBe(text(bytes));
        const shuffled = all.map((one) => reversed(one) as (typeof all)[number]);
        expect(text(writeScenarioFile(reversed(plan) as Plan, shuffled, chosen))).toBe(text(bytes));

        const link = writeLink(toScenarioFile(plan, all, chosen), '');
        if (link.ok) expect(readLink(link.link)).toEqual(readFile(bytes));
        else expect(link.problem.code).toBe('link_too_long');

        const bundle = placed(whole(readFile(writeBundle(plan, all, chosen))), undefined);
        expect({ ...bundle.plan, scenarios: [] }).toEqual({ ...plan, scenarios: [] });
        expect([...bundle.plan.scenarios, ...bundle.scenarios].map((one) => sayings(one, plan))).toEqual(
          all.map((one) => sayings(one, plan)),
        );
        const again = writeBundle(bundle.plan, [...bundle.plan.scenarios, ...bundle.scenarios], chosen);
        expect(text(again)).toBe(text(writeBundle(plan, all, chosen)));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the bytes', () => {
  const plan = aPlan().line('gdp', { 2020: 100 }).driver('growth', '5%').build();

  it('are for people too: one field a line, a line end at the end, shortest numbers', () => {
    const { basedOn: _, ...scenario } = aScenario({ values: { growth: { 2022: 0.1 + 0.2, 2021: -0 } } });
    const [, , ...lines] = text(writeScenarioFile(plan, [scenario], 'trial')).split('\n');
    expect(lines.slice(2, 10)).toEqual([
      '    "id": "test",',
      '    "version": "1.0.0",',
      `    "hash": "${hashPlan(plan)}",`,
      '    "title": {',
      '      "zh": "test",',
      '      "en": "test"',
      '    }',
      '  },',
    ]);
    expect(lines.slice(-11)).toEqual([
      '      },',
      '      "values": {',
      '        "growth": {',
      '          "2021": -0,',
      '          "2022": 0.30000000000000004',
      '        }',
      '      }',
      '    }',
      '  ]',
      '}',
      '',
    ]);
  });

  it('are the same when an edit was taken back and what it touched stands elsewhere', () => {
    const changes = [
      { line: 'gdp', from: 2023, scale: 1.1 },
      { line: 'growth', add: 0.01 },
      { line: 'gdp', from: 2021, to: 2022, add: 5 },
      { line: 'growth', scale: 2 },
    ] as const;
    const [a, b, c, d] = changes;
    const save = (order: (typeof changes)[number][]) =>
      text(writeScenarioFile(plan, [...plan.scenarios, aScenario({ changes: order })], 'trial'));
    expect(save([b, d, c, a])).toBe(save([a, b, c, d]));
    // first plus and then times is not first times and then plus
    expect(save([d, b, c, a])).not.toBe(save([a, b, c, d]));
  });

  it('name the plan by its content, whatever scenarios it ships', () => {
    expect(hashPlan({ ...plan, scenarios: [], $schema: 'x' })).toBe(hashPlan(plan));
    expect(hashPlan(aPlan().line('gdp', { 2020: 101 }).driver('growth', '5%').build())).not.toBe(
      hashPlan(plan),
    );
    // SHA-256 by another program, over the text that RFC 8785 would give for keys of this order
    const small = { b: 1, a: [true, null, 'é"'], c: -0.5 } as unknown as Plan;
    const canonical = '{"a":[true,null,"é\\""],"b":1,"c":-0.5}';
    expect(hashPlan(small)).toBe(createHash('sha256').update(canonical).digest('hex').slice(0, 32));
  });

  it.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000])(
    'are hashed as elsewhere at %i characters',
    (length) => {
      const note = 'x'.repeat(length);
      const canonical = `{"note":"${note}"}`;
      expect(hashPlan({ note } as unknown as Plan)).toBe(
        createHash('sha256').update(canonical).digest('hex').slice(0, 32),
      );
    },
  );
});

describe('files of before', () => {
  const plan = aPlan().line('gdp', { 2020: 100 }).driver('growth', '5%').build();
  const saved = (name: string) => readFileSync(resolve(import.meta.dirname, '../saved', name));

  it('open with what they said', () => {
    const [scenario] = placed(whole(readFile(saved('format-1.scenario.json'))), plan).scenarios;
    expect(scenario).toEqual({
      id: 'trial',
      name: { zh: '试算', en: 'Trial' },
      note: { zh: '更慢', en: 'Slower' },
      basedOn: 'plan',
      stack: ['slow'],
      values: { growth: { 2021: 0.08 } },
      changes: [{ line: 'gdp', from: 2022, to: 2024, growth: 0.03 }],
      actuals: { gdp: { 2021: 104 } },
      distributions: { growth: { kind: 'normal', mean: 0.05, sd: 0.01 } },
      correlations: [{ lines: ['gdp', 'growth'], rank: 0.5 }],
    });
  });

  it('open as a link', () => {
    const arrived = placed(whole(readLink(saved('format-1.link.txt').toString())), plan);
    expect(arrived).toEqual(placed(whole(readFile(saved('format-1.scenario.json'))), plan));
  });
});
