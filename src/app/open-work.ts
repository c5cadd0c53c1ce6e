/** Finds a plan and the work on it: a template as it is shipped, or a plan of the person's own as its journal leaves it. */
import { checkPlanInTurns, readPlanInTurns, type Scenario } from '#plan';
import type { Engine } from '#engine';
import { originMark } from '#exchange';
import { PlanNotOpened } from '#session';
import { inSlices } from '#worker';
import { replay, type PlanCover, type PlanStore, type Replayed, type StoredWork } from '#storage';
import type { OfferedPlan } from './find-opening.ts';

/** A plan, compiled, with the work on it. */
interface FoundWork {
  readonly engine: Engine;
  readonly replayed: Replayed;
  readonly work: StoredWork;
}

/** A plan that was deleted waits so long to be brought back. */
const DELETED_MS = 24 * 60 * 60 * 1000;

/** Loads and compiles a template. Fails: throws `PlanNotOpened` when it cannot be loaded or is not a plan that this program can use. */
async function loadEngine(template: OfferedPlan): Promise<Engine> {
  const document = await template.load().catch((cause: unknown) => {
    throw new PlanNotOpened({ kind: 'unreachable' }, cause);
  });
  const read = await inSlices(readPlanInTurns(document));
  if (!read.ok) throw new PlanNotOpened({ kind: 'unreadable', problems: read.problems });
  const { buildEngineInTurns } = await import('./calculating.ts');
  return inSlices(buildEngineInTurns(read.value));
}

/** Remembers what was loaded, since home and the workbench ask for the same plans; a failure is not remembered. */
export function rememberingLoader(
  offered: readonly OfferedPlan[],
): (id: string) => Promise<Engine> | undefined {
  const engines = new Map<string, Promise<Engine>>();
  return (id) => {
    const template = offered.find((one) => one.id === id);
    if (!template) return undefined;
    const engine = engines.get(id) ?? loadEngine(template);
    engines.set(id, engine);
    engine.catch(() => engines.delete(id));
    return engine;
  };
}

/** Opens works: a function that finds a plan and the work on it; `start` are the scenarios that a person begins with. */
export function openWorks(
  store: PlanStore,
  engineOf: (id: string) => Promise<Engine> | undefined,
  start?: readonly Scenario[],
): (id: string, at: number) => Promise<FoundWork> {
  return async (id, at) => {
    const template = engineOf(id);
    if (template) {
      const [engine, work] = await Promise.all([template, store.open(id, at)]);
      return { engine, work, replayed: replay(work, start) };
    }
    const document = await store.readPlan(id);
    if (document === undefined) throw new PlanNotOpened({ kind: 'unreachable' });
    const read = await inSlices(readPlanInTurns(document));
    if (!read.ok) throw new PlanNotOpened({ kind: 'unreadable', problems: read.problems });
    const work = await store.open(id, at);
    const replayed = replay(work, [], read.value);
    const plan = replayed.plan ?? read.value;
    // an edit that a damaged journal leaves without those before it may not fit the plan
    const problems = plan === read.value ? [] : await inSlices(checkPlanInTurns(plan));
    if (problems.length > 0) throw new PlanNotOpened({ kind: 'unreadable', problems });
    const { buildEngineInTurns } = await import('./calculating.ts');
    return { engine: await inSlices(buildEngineInTurns(plan)), work, replayed };
  };
}

/** The person's own plans. What was deleted a day ago goes for good. */
export async function listOwnPlans(store: PlanStore, now: number): Promise<readonly PlanCover[]> {
  const all = await store.listPlans();
  const gone = all.filter(({ deletedAt }) => deletedAt !== undefined && now - deletedAt > DELETED_MS);
  for (const { id } of gone) await store.remove(id);
  return all.filter((one) => !gone.includes(one));
}

/** An id that no other plan has, here or elsewhere, so that what is sent to a colleague never meets another plan's. */
export function freePlanId(): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `own-${[...random].map((part) => part.toString(36)).join('')}`;
}

/** The end of a scenario's id, which no other scenario has, here or elsewhere. */
export function freeMark(): string {
  return originMark((below) => {
    const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
    return random % below;
  });
}
