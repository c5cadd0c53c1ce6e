/** Builds the app for a page: storage, engine, sessions; mounts it. The only place where the rooms meet. */
import { loadWords } from '#words';
import { readPlan, type Localized, type Plan } from '#plan';
import { buildEngine, type Engine } from '#engine';
import { stepEffects, targetResults, withRisk } from '#analysis';
import { openStore, replay, StorageProblem, type PlanStore, type StorageProblemCode } from '#storage';
import { AppSession, PlanNotOpened, PlanSession, type AppParts, type TargetMarks } from '#session';
import { mountApp } from '#ui';
import { findOpening, type OfferedPlan } from './find-opening.ts';
import { keepInstalled } from './installed-app.ts';
import { openAnalysis } from './open-analysis.ts';
import { openStandalone } from './open-standalone.ts';
import type { PageFile } from './page-file.ts';

/** The words of both languages, which an open plan needs: what a person names here is named in both. */
async function loadAllWords(): Promise<Localized> {
  const [zh, en] = await Promise.all([loadWords('zh'), loadWords('en')]);
  return { zh: zh.say('scenario_trial'), en: en.say('scenario_trial') };
}

/** Loads and compiles a template. Fails: throws `PlanNotOpened` when it cannot be loaded or is not a plan that this program can use. */
async function loadEngine(offered: readonly OfferedPlan[], id: string): Promise<Engine> {
  const template = offered.find((one) => one.id === id);
  if (!template) throw new PlanNotOpened({ kind: 'unreachable' });
  const document = await template.load().catch((cause: unknown) => {
    throw new PlanNotOpened({ kind: 'unreachable' }, cause);
  });
  const read = readPlan(document);
  if (!read.ok) throw new PlanNotOpened({ kind: 'unreadable', problems: read.problems });
  return buildEngine(read.value);
}

/** Remembers what was loaded, since home and the workbench ask for the same plans; a failure is not remembered. */
function rememberingLoader(offered: readonly OfferedPlan[]): (id: string) => Promise<Engine> {
  const engines = new Map<string, Promise<Engine>>();
  return async (id) => {
    const engine = engines.get(id) ?? loadEngine(offered, id);
    engines.set(id, engine);
    try {
      return await engine;
    } catch (thrown) {
      engines.delete(id);
      throw thrown;
    }
  };
}

function planScenario(plan: Plan) {
  return plan.scenarios[0] ?? { id: 'plan', name: { zh: '规划', en: 'Plan' } };
}

/** Runs work when the page is idle; only the newest request of a caller is left to run. */
function later(work: () => void): () => void {
  const handle = setTimeout(work, IDLE_MS);
  return () => clearTimeout(handle);
}

/** Long enough for a drag to go on, short enough to look immediate after it. */
const IDLE_MS = 120;

/** What the store has kept for the app as a whole; where it cannot be read the app starts without, and says so. */
async function readKept(
  store: PlanStore,
): Promise<Pick<AppParts, 'settings' | 'summaries'> & { problem?: StorageProblemCode }> {
  try {
    return { settings: await store.readSettings(), summaries: await store.list() };
  } catch (thrown) {
    if (!(thrown instanceof StorageProblem)) throw thrown;
    return { settings: {}, summaries: [], problem: thrown.code };
  }
}

/** Opens the app in the page; `file` is the page where it has everything in line. */
export async function startPage(page: Document, file?: PageFile): Promise<void> {
  const { standing, offered, store, problem, held } = await findOpening(file, await openStore());
  const kept = await readKept(store);
  const engineOf = rememberingLoader(offered);
  const analyst = openAnalysis(file?.workerAddress);
  const now = () => Date.now();
  const app = new AppSession({
    templates: offered.map(({ load: _, ...template }) => template),
    page: standing,
    standalone: openStandalone(file, page.baseURI),
    store,
    storageProblem: problem?.code ?? kept.problem,
    settings: kept.settings,
    summaries: kept.summaries,
    systemTheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    systemLanguage: navigator.language.startsWith('zh') ? 'zh' : 'en',
    bringLanguage: async (language) => void (await loadWords(language)),
    async openPlan(id) {
      const [engine, work, scenarioWord] = await Promise.all([
        engineOf(id),
        store.open(id, now()),
        loadAllWords(),
      ]);
      const kept = {
        ...replay(work, held?.scenarios),
        revision: work.revision,
        entries: work.entries.length,
        view: work.view ?? held?.view,
      };
      return new PlanSession({ engine, store, analyst, kept, now, later, scenarioWord });
    },
    async markTargets(id): Promise<TargetMarks> {
      const engine = await engineOf(id);
      const scenario = planScenario(engine.plan);
      const results = targetResults(engine, engine.calculate(scenario));
      return withRisk(engine, results, stepEffects(engine, scenario, engine.plan.scenarios)).map(
        (one) => one.status,
      );
    },
  });
  const target = page.querySelector('#app');
  if (!(target instanceof HTMLElement)) throw new Error('the page has no #app');
  // a page that is hidden may never be shown again: what is pending is begun to be written at once
  const flush = () => {
    if (app.screen.kind === 'plan') app.screen.session.autosave.flush();
  };
  addEventListener('pagehide', flush);
  page.addEventListener('visibilitychange', () => {
    if (page.visibilityState === 'hidden') flush();
  });
  await loadWords(app.language);
  mountApp(target, app);
  await app.restore();
  if (import.meta.env.PROD && !file) keepInstalled(page, (take) => app.offerVersion(take));
}
