/** The app as its page builds it, on the shipped plans and a store in memory. */
import { findRisk, targetResults } from '#analysis';
import { atOnce } from '#plan';
import { buildEngine } from '#engine';
import { originMark } from '#exchange';
import {
  AppSession,
  LessonNotLoaded,
  LessonRun,
  PlanSession,
  StandaloneNotWritten,
  type AppParts,
} from '#session';
import { anAnalyst } from '#tests/analyst';
import { buildMemoryStore, replay } from '#storage';
import { inSlices, openInLineRunner } from '#worker';
import { exchangeRegistry } from '../../src/app/exchange-jobs.ts';
import { deskOn } from '../../src/app/open-exchange.ts';
import { loadPlan } from './plans.ts';
import { practise } from './lessons.ts';

let state = 1;

/** Chance as of several people, the same in each run: a linear congruence. */
function chance(below: number): number {
  state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((state / 2 ** 31) * below);
}

const NOW = Date.parse('2026-11-21T09:30:00+08:00');

/** Builds an app session whose idle work runs at once. `changed` replaces parts of what it is built from. */
export function anAppSession(ids: readonly string[], changed: Partial<AppParts> = {}): AppSession {
  const store = changed.store ?? buildMemoryStore();
  const engineOf = (id: string) => buildEngine(loadPlan(id));
  return new AppSession({
    templates: ids.map((id) => {
      const { title, place, periods, questions = [] } = loadPlan(id);
      return { id, title, place, periods, questions };
    }),
    store,
    storageProblem: undefined,
    settings: {},
    summaries: [],
    covers: [],
    lessons: [],
    brought: [],
    drafts: [],
    readLesson: () => Promise.reject(new LessonNotLoaded()),
    runLesson: (parts) => new LessonRun({ ...parts, practise }),
    freeId: () => 'own-1',
    now: () => NOW,
    readWork: async (id) => ({ plan: loadPlan(id), scenarios: replay(await store.open(id, NOW)).scenarios }),
    systemTheme: 'light',
    systemLanguage: 'zh',
    page: { isFile: false },
    standalone: {
      canWrite: () => Promise.resolve(false),
      write: () => Promise.reject(new StandaloneNotWritten('unreachable')),
    },
    readLicences: () => Promise.resolve([]),
    exchange: () => Promise.resolve(deskOn(openInLineRunner(exchangeRegistry))),
    inSlices,
    bringLanguage: () => Promise.resolve(),
    async openPlan(id) {
      const work = await store.open(id, NOW);
      return new PlanSession({
        engine: engineOf(id),
        store,
        analyst: anAnalyst(),
        kept: { ...replay(work), revision: work.revision, entries: work.entries.length, view: work.view },
        now: () => NOW,
        later: () => () => undefined,
        scenarioWord: { zh: '试算', en: 'Trial' },
        originMark: () => originMark(chance),
      });
    },
    markTargets(id) {
      const engine = engineOf(id);
      const scenario = engine.plan.scenarios[0] ?? { id: 'plan', name: { zh: '规划', en: 'Plan' } };
      const results = targetResults(engine, engine.calculate(scenario));
      const risk = findRisk(engine, results, { scenario, scenarios: engine.plan.scenarios });
      return Promise.resolve(atOnce(risk).map((one) => one.status));
    },
    ...changed,
  });
}
