/** Whatever a person may do to a small plan of their own, for laws that hold for all of it. */
import * as fc from 'fast-check';
import type { Plan } from '#plan';
import { headForm, lineForm, targetForm, type PlanSession } from '#session';
import { aPlan } from '#tests/builders';

const both = (text: string) => ({ zh: text, en: text });
/** What forms are read with. */
export const WORDS = { language: 'zh', figureNote: both('entered') } as const;

/** The plan that verbs work on. */
export const plan: Plan = {
  ...aPlan()
    .driver('growth', '10%', { unit: '%', name: { zh: '增速', en: 'Growth' } })
    .line('loans', { 2019: 90, 2020: 100 }, '贷款余额[t-1] * (1 + Growth)', {
      unit: '亿元',
      name: { zh: '贷款余额', en: 'Loans' },
    })
    .line('share', {}, 'loans / Deposits', { unit: '%', name: { zh: '贷款/存款', en: 'Loans/deposits' } })
    .line('deposits', { 2020: 200 }, '存款[t-1] * 1.05', {
      unit: '亿元',
      name: { zh: '存款', en: 'Deposits' },
    })
    .line('twice', {}, "'贷款/存款' * 2", { unit: '%', name: { zh: '两倍', en: 'Twice' } })
    .target('loans', 150)
    .target('share', 0.6, { direction: 'atMost' })
    .build(),
  id: 'own-test',
  sections: [
    { id: 'all', name: both('all') },
    { id: 'more', name: both('more') },
  ],
  correlations: [{ lines: ['growth', 'loans'], rank: 0.5 }],
};

const NAMES = [
  '贷款余额',
  '贷款',
  '贷款余额增速',
  'Loans',
  'Loans total',
  '存款/GDP',
  'sum',
  'growth',
  'x-y',
  '乙',
];

/** What a person does in a session. */
export type Verb = (session: PlanSession) => unknown;
const place = fc.nat(9);
const name = fc.constantFrom(...NAMES);
const lineAt = (session: PlanSession, at: number) =>
  session.plan.lines[at % Math.max(session.plan.lines.length, 1)];
const sectionAt = (session: PlanSession, at: number) =>
  session.plan.sections[at % session.plan.sections.length];

/** Gives a line another name. */
export const rename = fc.tuple(place, name, fc.boolean()).map(([at, zh, isOneName]): Verb => (s) => {
  const line = lineAt(s, at);
  if (!line) return;
  const form = lineForm(line, s.plan, 'zh');
  s.model.saveLine(line.id, { ...form, name: isOneName ? both(zh) : { ...line.name, zh } }, WORDS);
});

const formula = fc.constantFrom('=贷款余额 * 2', '=growth', '=Loans[base] + 1', '=nothing here', '3', '');

/** Any verb of the plan itself. */
export const verb: fc.Arbitrary<Verb> = fc.oneof(
  { weight: 3, arbitrary: rename },
  fc
    .tuple(place, name, formula, fc.constantFrom('driver', 'result', 'figure'))
    .map(([at, title, text, kind]): Verb => (s) => {
      const section = sectionAt(s, at)?.id ?? '';
      const form = {
        name: { zh: title, en: '' },
        section,
        unit: at % 2 === 0 ? '亿元' : '个个',
        kind: kind as 'driver',
        formula: text,
        decimals: '1',
        min: '1',
        max: '9',
        step: at % 3 === 0 ? '0' : '1',
        figures: { '2019': '7', '2020': at % 5 === 0 ? 'seven' : '8' },
        note: both(''),
      };
      s.model.saveLine(undefined, form, WORDS);
    }),
  fc.tuple(place, formula).map(([at, text]): Verb => (s) => {
    const line = lineAt(s, at);
    if (line) s.model.saveLine(line.id, { ...lineForm(line, s.plan, 'en'), formula: text }, WORDS);
  }),
  fc.tuple(place, name).map(
    ([at, title]): Verb =>
      (s) =>
        s.model.duplicateLine(lineAt(s, at)?.id ?? '', both(title)),
  ),
  fc.tuple(place, place, place).map(
    ([at, to, index]): Verb =>
      (s) =>
        s.model.moveLine(lineAt(s, at)?.id ?? '', sectionAt(s, to)?.id ?? '', index - 1),
  ),
  place.map(
    (at): Verb =>
      (s) =>
        s.model.removeLine(lineAt(s, at)?.id ?? ''),
  ),
  fc.tuple(place, name, fc.boolean()).map(
    ([at, title, isNew]): Verb =>
      (s) =>
        s.model.saveSection(isNew ? undefined : sectionAt(s, at)?.id, both(title)),
  ),
  fc.tuple(place, place).map(
    ([at, to]): Verb =>
      (s) =>
        s.model.moveSection(sectionAt(s, at)?.id ?? '', to),
  ),
  place.map(
    (at): Verb =>
      (s) =>
        s.model.removeSection(sectionAt(s, at)?.id ?? ''),
  ),
  fc
    .tuple(place, fc.constantFrom('12', 'many', '4%'), fc.boolean())
    .map(([at, value, isNew]): Verb => (s) => {
      const target = isNew ? undefined : s.plan.targets[at];
      const form = targetForm(target, s.plan, lineAt(s, at)?.id);
      s.model.saveTarget(target && at, { ...form, value, comparator: at % 2 ? 'about' : '>=' });
    }),
  fc.tuple(place, place).map(
    ([at, to]): Verb =>
      (s) =>
        s.model.moveTarget(at, to),
  ),
  place.map(
    (at): Verb =>
      (s) =>
        s.model.removeTarget(at),
  ),
  fc.tuple(name, fc.constantFrom('2025', '2030', '2019', 'soon')).map(
    ([title, last]): Verb =>
      (s) =>
        s.model.saveHead({ ...headForm(s.plan), title: both(title), last }),
  ),
  // what is said about lines meanwhile, in a scenario of the person's own
  fc
    .tuple(place, fc.constantFrom('7%', '=贷款余额[t-1]', '=Loans * 2', '2% to 6%'))
    .map(([at, text]): Verb => (s) => {
      const line = lineAt(s, at);
      if (line) s.enter([{ line: line.id, period: 2022, text }]);
    }),
  fc.constant<Verb>((s) => s.undo()),
  fc.constant<Verb>((s) => s.redo()),
);
