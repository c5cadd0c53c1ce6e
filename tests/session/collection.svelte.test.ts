/** What a class returns is put side by side, refused with a reason where it is nothing of this plan, and added only when asked. */
import { describe, expect, it } from 'vitest';
import type { Scenario } from '#plan';
import { writeScenarioFile } from '#exchange';
import { collectionOf, type PlanSession } from '#session';
import { anAppSession } from '#tests/app-session';
import { aPlan } from '#tests/builders';
import { openSession } from '#tests/sessions';

const plan = aPlan()
  .periods(2019, 2020, 2023)
  .driver('growth', '10%', { unit: '%', decimals: 1 })
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)', { unit: '亿元', decimals: 1 })
  .target('loans', 150, { comparator: '>=', direction: 'atLeast' })
  .build();

const answer = (name: string, growth: number): Scenario => ({
  id: `trial_${name.toLowerCase()}`,
  name: { zh: name, en: name },
  changes: [{ line: 'growth', set: growth }],
});

function aFile(name: string, bytes: Uint8Array) {
  return {
    name,
    lastModified: 0,
    size: bytes.length,
    arrayBuffer: () => Promise.resolve(new Uint8Array(bytes).buffer),
  };
}

const returnedBy = (name: string, growth: number, of = plan) =>
  aFile(`${name}.json`, writeScenarioFile(of, [answer(name, growth)], answer(name, growth).id));

async function collect(session?: PlanSession) {
  const opened = session ?? (await openSession(plan)).session;
  const app = anAppSession([]);
  const collection = collectionOf(opened, () => app.exchange());
  await collection.take([
    returnedBy('Ann', 0.1),
    returnedBy('Bo', 0.15),
    returnedBy('Cai', 0.2),
    returnedBy('Dan', 0.15, { ...plan, id: 'other' }),
    aFile('notes.json', new TextEncoder().encode('{"hello": 1}')),
  ]);
  return { session: opened, collection };
}

const CSV_WORDS = {
  language: 'en',
  file: 'File',
  scenario: 'Scenario',
  met: 'met',
  status: (status: string) => status,
} as const;

describe('a collection', () => {
  it('puts the answers of five files side by side', async () => {
    const { collection } = await collect();
    expect(collection.waiting).toBe(0);
    expect(collection.returned.map(({ name }) => name.en)).toEqual(['Ann', 'Bo', 'Cai']);
    expect(collection.counts.map(({ met, judged }) => [met, judged])).toEqual([[2, 3]]);
    const values = collection.values('loans', 2023).map(({ value }) => value);
    [133.1, 152.0875, 172.8].forEach((expected, index) => expect(values[index]).toBeCloseTo(expected, 9));
  });

  it('says of a file of another plan, and of one that is none, why it is not used', async () => {
    const { collection } = await collect();
    expect(collection.refused.map(({ file, problems }) => [file, problems[0]?.code])).toEqual([
      ['Dan.json', 'collect_other_plan'],
      ['notes.json', expect.stringMatching(/^import_/)],
    ]);
  });

  it('adds nothing to the plan but what is asked for, which can be undone', async () => {
    const { session, collection } = await collect();
    const before = session.scenarios.length;
    const [, bo] = collection.returned;
    collection.add(bo?.key ?? -1);
    expect(session.scenarios).toHaveLength(before + 1);
    expect(session.scenario.name.en).toBe('Bo');
    expect(collection.returned.map(({ isAdded }) => isAdded)).toEqual([false, true, false]);
    session.undo();
    expect(session.scenarios).toHaveLength(before);
  });

  it('keeps two learners apart who named their scenarios alike', async () => {
    const { session } = await openSession(plan);
    const app = anAppSession([]);
    const collection = collectionOf(session, () => app.exchange());
    await collection.take([returnedBy('Trial', 0.1), returnedBy('Trial', 0.2)]);
    expect(collection.values('growth', 2023).map(({ value }) => value)).toEqual([0.1, 0.2]);
  });

  it('tells of each name that is there twice, and of the same answer twice', async () => {
    const { session } = await openSession(plan);
    const app = anAppSession([]);
    const collection = collectionOf(session, () => app.exchange());
    const files = [
      returnedBy('Ann', 0.1),
      returnedBy('Ann', 0.2),
      returnedBy('ann', 0.1),
      returnedBy('Bo', 0.1),
    ];
    await collection.take(files.map((file, index) => ({ ...file, name: `${index}.json` })));
    expect(collection.returned.map((one) => collection.twinOf(one))).toEqual([
      { file: '2.json', isSame: true },
      { file: '0.json', isSame: false },
      { file: '0.json', isSame: true },
      undefined,
    ]);
    collection.remove(collection.returned[2]?.key ?? -1);
    expect(collection.returned.map((one) => collection.twinOf(one)?.isSame)).toEqual([
      false,
      false,
      undefined,
    ]);
  });

  it('is written as a table', async () => {
    const { collection } = await collect();
    expect(new TextDecoder().decode(collection.tableFile(['growth'], CSV_WORDS))).toMatch(
      /\nBo\.json,Bo,1,15%,152\.08\d+,met\r?\n/,
    );
  });

  it('forgets what is taken from it', async () => {
    const { collection } = await collect();
    collection.remove(collection.returned[0]?.key ?? -1);
    expect(collection.returned).toHaveLength(2);
    collection.clear();
    expect([collection.returned, collection.refused]).toEqual([[], []]);
  });
});
