/**
 * Whatever a person does to a plan of their own: undoing all leads back to the same bytes, redoing all to the end, and what is
 * kept leads there too. Renaming changes no value.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '#quantity';
import { atOnce, checkPlanInTurns } from '#plan';
import { buildMemoryStore } from '#storage';
import { lineForm, type PlanSession } from '#session';
import { plan, rename, verb, WORDS } from '#tests/model-verbs';
import { loadPlan } from '#tests/plans';
import { openOwnSession } from '#tests/sessions';

/** The plan to the byte; what scenarios say has no order among lines. */
const stateOf = (session: PlanSession) => ({
  plan: JSON.stringify(session.plan),
  scenarios: session.scenarios,
});
const valuesOf = (session: PlanSession) =>
  JSON.stringify(session.plan.lines.map(({ id }) => [id, [...session.series(id)]]));

describe('a plan of one’s own', () => {
  it('goes back to the same bytes, forth again, and comes back from the store', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(verb, { minLength: 5, maxLength: 30, size: 'max' }), async (verbs) => {
        const store = buildMemoryStore();
        await store.keepPlan(plan, [], 0);
        const { session } = await openOwnSession(plan.id, store);
        const start = stateOf(session);
        for (const one of verbs) {
          one(session);
          expect(atOnce(checkPlanInTurns(session.plan))).toEqual([]);
        }
        while (session.canRedo) session.redo();
        const states = [stateOf(session)];
        while (session.canUndo) {
          session.undo();
          states.push(stateOf(session));
        }
        expect(stateOf(session)).toEqual(start);
        while (states.length > 1) {
          states.pop();
          session.redo();
          expect(stateOf(session)).toEqual(states.at(-1));
        }
        await session.autosave.settle();
        const again = await openOwnSession(plan.id, store);
        expect(JSON.stringify(again.session.plan)).toBe(JSON.stringify(session.plan));
        expect(valuesOf(again.session)).toBe(valuesOf(session));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps every value however its lines are renamed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rename, { minLength: 1, maxLength: 12 }), async (renames) => {
        const store = buildMemoryStore();
        await store.keepPlan(plan, [], 0);
        const { session } = await openOwnSession(plan.id, store);
        session.enter([{ line: 'deposits', period: 2022, text: '=存款[t-1] + Growth * 贷款余额' }]);
        const before = valuesOf(session);
        expect(session.series('deposits').some(isFailure)).toBe(false);
        for (const one of renames) one(session);
        expect(valuesOf(session)).toBe(before);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps every value of a shipped plan whose lines are all renamed, one after another', async () => {
    const store = buildMemoryStore();
    const lishui = { ...loadPlan('lishui-2021-2025'), id: 'own-lishui' };
    await store.keepPlan(lishui, [], 0);
    const { session } = await openOwnSession(lishui.id, store);
    const before = valuesOf(session);
    session.plan.lines.forEach((line, index) => {
      const form = lineForm(line, session.plan, 'zh');
      const edited = session.model.saveLine(
        line.id,
        { ...form, name: { zh: `指标${index}`, en: `Item ${index}` } },
        WORDS,
      );
      expect(edited).toEqual({ ok: true, id: line.id });
    });
    expect(session.plan.lines[3]?.name).toEqual({ zh: '指标3', en: 'Item 3' });
    expect(valuesOf(session)).toBe(before);
  });
});
