/** How two versions of a plan differ: everything that a reader would miss, by group, and nothing where they are the same. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPlanDifference, hashPlan, summarizePlanDifference, type PlanChange } from '#exchange';
import type { Plan } from '#plan';
import { aPlan } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';
import { plansWithScenarios } from './random-scenarios.ts';

const base = () =>
  aPlan()
    .line('gdp', { 2019: 95, 2020: 100 }, 'gdp[t-1] * (1 + growth)', {
      unit: '亿元',
      name: { zh: '生产总值', en: 'GDP' },
      note: { zh: '旧', en: 'old' },
    })
    .driver('growth', '5%', { unit: '%', name: { zh: '增速', en: 'Growth' } })
    .line('loans', { 2020: 50 })
    .target('gdp', 150)
    .target('loans', 60);
const plan = base().build();

/** A change as one line: group, part, line, period, what stands here and there. */
function told({ group, part, line, period, before, after }: PlanChange): string {
  const side = (one: PlanChange['before']): string => {
    if (one === null) return '-';
    if (one.kind === 'text') return one.text.en;
    if (one.kind === 'figure') return `${one.figure.value}${one.unit.text}`;
    if (one.kind === 'target') return `${one.target.comparator}${one.target.value}${one.unit.text}`;
    if (one.kind === 'unit') return `[${one.unit}]`;
    return one.kind === 'lineKind' ? one.lineKind : '…';
  };
  const where = [line?.en, period].filter((one) => one !== undefined).join(' ');
  return `${group} ${part} ${where}: ${side(before)} → ${side(after)}`;
}

const differences = (after: Plan, before = plan) => findPlanDifference(before, after).map(told);

/** The plan with one line changed. */
function withLine(id: string, change: Partial<Plan['lines'][number]>): Plan {
  return { ...plan, lines: plan.lines.map((one) => (one.id === id ? { ...one, ...change } : one)) };
}

describe('targets', () => {
  it('that were added, removed or are another value come first, in the unit of their line', () => {
    const [gdp, loans] = plan.targets;
    if (!gdp || !loans) throw new Error('no targets');
    const more = { ...gdp, line: 'growth', value: 0.06 };
    const targets = [{ ...gdp, value: 160, comparator: '>=' as const }, more];
    expect(differences({ ...plan, targets, version: '2.0.0' })).toEqual([
      'target target GDP 2025: =150亿元 → >=160亿元',
      'target target Growth 2025: - → =0.06%',
      'target target loans 2025: =60 → -',
      'about version : 1.0.0 → 2.0.0',
    ]);
  });

  it('of one line and year are paired with their likes', () => {
    const [gdp, loans] = plan.targets;
    if (!gdp || !loans) throw new Error('no targets');
    const low = { ...gdp, value: 140, comparator: '>=' as const };
    const before = { ...plan, targets: [low, gdp, loans] };
    // the first of the two is gone; the second is still the second
    expect(differences(plan, before)).toEqual(['target target GDP 2025: >=140亿元 → -']);
    expect(differences({ ...plan, targets: [low, { ...gdp, value: 155 }, loans] }, before)).toEqual([
      'target target GDP 2025: =150亿元 → =155亿元',
    ]);
  });

  it('whose reading or source is another are listed too', () => {
    const [gdp, loans] = plan.targets;
    if (!gdp || !loans) throw new Error('no targets');
    const targets = [{ ...gdp, direction: 'near' as const }, loans];
    expect(differences({ ...plan, targets })).toEqual(['target target GDP 2025: =150亿元 → =150亿元']);
  });
});

describe('lines', () => {
  it('that were added or removed are one change each, with what they are', () => {
    const after = aPlan()
      .line('gdp', { 2019: 95, 2020: 100 }, 'gdp[t-1] * (1 + growth)', plan.lines[0])
      .driver('growth', '5%', plan.lines[1])
      .line('deposits', { 2020: 70 }, 'gdp * 2')
      .line('savings', {}, undefined, { unit: '元' })
      .target('gdp', 150)
      .build();
    expect(differences(after)).toEqual([
      'target target loans 2025: =60 → -',
      'line line deposits: - → =GDP * 2',
      'line line savings: - → [元]',
      'line line loans: [] → -',
    ]);
  });

  it('with another name, unit, kind, lever or figure say so one by one', () => {
    const after = withLine('growth', {
      name: { zh: '增长', en: 'Rate' },
      unit: '',
      kind: 'result',
      decimals: 2,
      lever: { min: 0, max: 2, step: 0.01 },
      drives: 'gdp',
      distribution: { kind: 'normal', mean: 0.05, sd: 0.01 },
      figures: [{ period: 2020, value: 0.05, origin: 'assumed', note: { zh: '猜', en: 'a guess' } }],
    });
    expect(differences(after)).toEqual([
      'line name Rate: Growth → Rate',
      'line unit Rate: [%] → []',
      'line kind Rate: driver → result',
      'line decimals Rate: - → 2',
      'line lever Rate: -1 … 1, 0.01 → 0 … 2, 0.01',
      'line drives Rate: - → GDP',
      'line distribution Rate: - → …',
      'figure figure Rate 2020: - → 0.05',
    ]);
  });

  it('show formulas by the names of their own version, and a renamed line makes no other formula', () => {
    expect(differences(withLine('gdp', { formula: 'gdp[t-1] * (1 + growth) + loans' }))).toEqual([
      'formula formula GDP: =GDP[t-1] * (1 + Growth) → =GDP[t-1] * (1 + Growth) + loans',
    ]);
    expect(differences(withLine('gdp', { formula: '= 生产总值[t-1] * (1 + Growth)' }))).toEqual([
      'about order : … → …',
    ]);
  });

  it('compare figures by year and notes as texts', () => {
    const note = { zh: '假设', en: 'assumed' };
    const after = withLine('gdp', {
      note: { zh: '新', en: 'new' },
      figures: [
        { period: 2018, value: 90, origin: 'assumed', note },
        { period: 2020, value: 101, origin: 'assumed', note },
      ],
    });
    expect(differences(after)).toEqual([
      'figure figure GDP 2018: - → 90亿元',
      'figure figure GDP 2020: 100亿元 → 101亿元',
      'figure figure GDP 2019: 95亿元 → -',
      'note note GDP: old → new',
    ]);
  });
});

describe('the whole', () => {
  it('says what is another of the plan itself', () => {
    const after: Plan = {
      ...plan,
      title: { zh: '新', en: 'New' },
      note: { zh: '说明', en: 'Why' },
      periods: { ...plan.periods, last: 2030 },
      iteration: { limit: 50, tolerance: 0.001 },
      correlations: [{ lines: ['gdp', 'growth'], rank: 0.5 }],
    };
    expect(differences(after)).toEqual([
      'about title : test → New',
      'about periods : 2018–2025 (2020) → 2018–2030 (2020)',
      'note note : - → Why',
      'about correlations : - → …',
      'about iteration : - → 50 × 0.001',
    ]);
  });

  it('says that only the order is another where that is so', () => {
    expect(differences({ ...plan, lines: [...plan.lines].reverse() })).toEqual(['about order : … → …']);
  });

  it('does not speak of scenarios, which are shown one by one', () => {
    expect(differences({ ...plan, scenarios: [{ id: 'other', name: { zh: '另', en: 'Other' } }] })).toEqual(
      [],
    );
  });
});

describe('laws', () => {
  it.each(planIds)('%s does not differ from itself', (id) => {
    expect(findPlanDifference(loadPlan(id), loadPlan(id))).toEqual([]);
  });

  it('there is a difference exactly where the content is recognised as another, and both sides tell the same', () => {
    fc.assert(
      fc.property(plansWithScenarios, plansWithScenarios, fc.boolean(), (one, two, isSame) => {
        const [before, after] = [one.plan, isSame ? one.plan : two.plan];
        const there = findPlanDifference(before, after);
        expect(there.length === 0).toBe(hashPlan(before) === hashPlan(after));
        const turned = findPlanDifference(after, before).map((change) =>
          told({ ...change, before: change.after, after: change.before }).replace(/^(\S+ \S+).*?:/, '$1:'),
        );
        const bare = there.map((change) => told(change).replace(/^(\S+ \S+).*?:/, '$1:'));
        expect(turned.sort()).toEqual(bare.sort());
      }),
      { numRuns: 300 },
    );
  });

  it('a summary keeps the first of each group and counts all', () => {
    const lines = plan.lines.map((line) => ({ ...line, note: { zh: '注', en: 'note' } }));
    const all = findPlanDifference(plan, { ...plan, lines, version: '1.0.1' });
    const { changes, counts } = summarizePlanDifference(all, 2);
    expect(counts).toEqual({ note: 3, about: 1 });
    expect(changes.map(told)).toEqual([
      'note note GDP: old → note',
      'note note Growth: - → note',
      'about version : 1.0.0 → 1.0.1',
    ]);
  });
});
