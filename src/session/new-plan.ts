/** Plans that a person begins: an empty one, and a copy of one that is there. Pure. */
import { PLAN_FORMAT, type Localized, type Plan, type PlanHead } from '#plan';

/** The words that stand in a new plan until a person writes others. */
export interface NewPlanWords {
  /** The name of the first section. */
  readonly section: Localized;
  /** The name of the plan's own scenario. */
  readonly scenario: Localized;
}

/** A plan without lines: one section, one scenario. */
export function blankPlan(id: string, head: PlanHead, words: NewPlanWords): Plan {
  return {
    format: PLAN_FORMAT,
    id,
    version: '1.0.0',
    ...head,
    source: { title: head.title.zh },
    sections: [{ id: 'section_1', name: words.section }],
    tables: [],
    lines: [],
    targets: [],
    scenarios: [{ id: 'plan', name: words.scenario }],
  };
}

/** A copy under another id and title. */
export function copyOf(plan: Plan, id: string, title: Localized): Plan {
  return { ...plan, id, title };
}
