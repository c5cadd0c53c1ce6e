/** Whatever a person may do to the scenarios of a small plan, for laws that hold for all of it. */
import * as fc from 'fast-check';
import type { Distribution } from '#plan';
import type { PlanSession } from '#session';
import { aPlan } from '#tests/builders';

/** The plan that verbs work on. */
export const plan = aPlan()
  .driver('growth', '10%', { unit: '%' })
  .driver('share', '5%', { unit: '%' })
  .line('loans', { 2019: 90, 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .build();

const line = fc.constantFrom('growth', 'share', 'loans');
const period = fc.integer({ min: 2019, max: 2025 });
const amount = fc.integer({ min: -20, max: 20 }).map((points) => points / 100);
const place = fc.nat(6);

/** What a person does in a session. */
export type Verb = (session: PlanSession) => unknown;
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

/** Any verb of scenarios. */
export const verb: fc.Arbitrary<Verb> = fc.oneof(
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
