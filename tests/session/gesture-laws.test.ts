/** Whatever a person does: undoing all leads back to the beginning, redoing all to the end, and what is kept leads there too. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildMemoryStore } from '#storage';
import type { PlanSession } from '#session';
import { plan, verb } from '#tests/scenario-verbs';
import { openSession } from '#tests/sessions';

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
