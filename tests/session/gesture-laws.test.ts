/** Whatever a person does: undoing all leads back to the beginning, redoing all to the end, and what is kept leads there too. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Distribution } from '#plan';
import { buildMemoryStore } from '#storage';
import type { PlanSession } from '#session';
import { aPlan } from '#tests/builders';
import { openSession } from '#tests/sessions';

const plan = aPlan()
  .driver('growth', '10%', { unit: '%' })
  .driver('share', '5%', { unit: '%' })
  .line('loans', { 2019: 90, 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .build();

const line = fc.constantFrom('growth', 'share', 'loans');
const period = fc.integer({ min: 2019, max: 2025 });
const amount = fc.integer({ min: -20, max: 20 }).map((points) => points / 100);
const place = fc.nat(6);

type Verb = (session: PlanSession) => unknown;
const idAt = (session: PlanSession, at: number) =>
  session.scenarios[at % session.scenarios.length]?.id ?? 'plan';

const text = fc.constantFrom(
  '7%',
  '',
  '=10% / 2',
  '2% to 6%',
  'normal(5%, 1%) moves with share 0.5',
  'nonsense',
);
const distribution = fc.constantFrom<Distribution | null>(
  { kind: 'uniform', low: 0, high: 0.1, course: 'each' },
  { kind: 'discrete', outcomes: [{ value: 0.1, probability: 1 }] },
  null,
);

const verb: fc.Arbitrary<Verb> = fc.oneof(
  fc.tuple(line, period, text).map(
    ([id, at, typed]): Verb =>
      (s) =>
        s.enter([{ line: id, period: at, text: typed }]),
  ),
  fc.tuple(line, amount, fc.boolean()).map(
    ([id, level, isDrag]): Verb =>
      (s) =>
        s.moveLever(id, level, isDrag),
  ),
  fc
    .tuple(
      line,
      amount,
      fc.constantFrom('set', 'add', 'scale', 'growth'),
      fc.option(period),
      fc.option(period),
    )
    .map(([id, by, effect, from, to]): Verb => (s) => {
      const span = { ...(from !== null && { from }), ...(to !== null && { to }) };
      s.changeSpan(id, { ...span, [effect]: by } as Parameters<PlanSession['changeSpan']>[1]);
    }),
  fc.tuple(line, place).map(
    ([id, at]): Verb =>
      (s) =>
        s.removeChange(id, at),
  ),
  fc.tuple(line, period, fc.option(amount)).map(
    ([id, at, value]): Verb =>
      (s) =>
        s.enterActual(id, at, value),
  ),
  fc.tuple(line, distribution).map(
    ([id, one]): Verb =>
      (s) =>
        s.setDistribution(id, one),
  ),
  fc.tuple(line, line, fc.option(amount)).map(
    ([a, b, rank]): Verb =>
      (s) =>
        s.setCorrelation(a, b, rank),
  ),
  fc.tuple(line, period).map(
    ([id, at]): Verb =>
      (s) =>
        s.enter([{ line: id, period: at, text: '' }]),
  ),
  line.map(
    (id): Verb =>
      (s) =>
        s.resetLine(id),
  ),
  place.map(
    (at): Verb =>
      (s) =>
        s.resetAll(idAt(s, at)),
  ),
  fc.tuple(place, place).map(
    ([at, to]): Verb =>
      (s) =>
        s.moveScenario(idAt(s, at), to),
  ),
  fc.array(place, { maxLength: 3 }).map(
    (all): Verb =>
      (s) =>
        s.setStack(all.map((at) => idAt(s, at))),
  ),
  fc.tuple(place, place).map(
    ([at, on]): Verb =>
      (s) =>
        s.rebase(idAt(s, at), idAt(s, on)),
  ),
  place.map(
    (at): Verb =>
      (s) =>
        s.addScenario(idAt(s, at)),
  ),
  place.map(
    (at): Verb =>
      (s) =>
        s.duplicateScenario(idAt(s, at)),
  ),
  place.map(
    (at): Verb =>
      (s) =>
        s.removeScenario(idAt(s, at)),
  ),
  place.map(
    (at): Verb =>
      (s) =>
        s.openScenario(idAt(s, at)),
  ),
  fc.tuple(place, fc.boolean()).map(([at, hasNote]): Verb => (s) => {
    const name = { zh: '名', en: `Name ${at}` };
    s.renameScenario(idAt(s, at), name, hasNote ? name : undefined);
  }),
  fc.constant<Verb>((s) => s.undo()),
  fc.constant<Verb>((s) => s.redo()),
);

const drivers = ['growth', 'share', 'loans'];
const valuesOf = (session: PlanSession) => drivers.map((id) => [...session.series(id)]);

it('holds for all verbs in any order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(verb, { minLength: 5, maxLength: 40, size: 'max' }), async (verbs) => {
      const store = buildMemoryStore();
      const { session } = await openSession(plan, store);
      const shipped = structuredClone(plan.scenarios);
      for (const one of verbs) one(session);
      session.cancelLever();
      const end = structuredClone(session.scenarios);
      const open = session.scenario.id;
      const values = valuesOf(session);

      await session.autosave.settle();
      expect(session.autosave.problem).toBeUndefined();
      const again = (await openSession(plan, store)).session;
      expect(again.scenarios).toEqual(end);
      expect(again.scenario.id).toBe(open);
      // revised edit by edit, or calculated from nothing: the same to the last bit
      expect(valuesOf(again)).toEqual(values);

      // every state on the way back is met again on the way forth
      const back = [end];
      while (session.canUndo) {
        session.undo();
        back.push(structuredClone(session.scenarios));
      }
      expect(session.scenarios).toEqual(shipped);
      const forth = [shipped];
      while (forth.length < back.length) {
        session.redo();
        forth.push(structuredClone(session.scenarios) as typeof shipped);
      }
      expect(forth.reverse()).toEqual(back);
      expect(session.plan.scenarios).toEqual(shipped);
    }),
    { seed: 20261121, numRuns: 120 },
  );
});
