/** Builds the app for a page: storage, engine, sessions; mounts it. The only place where the rooms meet. */
import { loadWords, wordsIn } from '#words';
import type { Localized, Plan, Turns } from '#plan';
import {
  buildMemoryStore,
  openTabChannel,
  StorageProblem,
  type PlanStore,
  type StorageProblemCode,
} from '#storage';
import { AppSession, PlanNotOpened, type AppParts, type ExchangeDesk, type TargetMarks } from '#session';
import { mountApp } from '#ui';
import { inSlices } from '#worker';
import type * as Calculating from './calculating.ts';
import { findOpening } from './find-opening.ts';
import { keepInstalled } from './installed-app.ts';
import { openAnalysis } from './open-analysis.ts';
import { openCare, openWatchedStore } from './open-care.ts';
import { readBrought, readShippedLesson, shippedLessons } from './open-lesson.ts';
import { freeMark, freePlanId, listOwnPlans, openWorks, rememberingLoader } from './open-work.ts';
import { openStandalone } from './open-standalone.ts';
import type { PageFile } from './page-file.ts';

/** The words of both languages, which an open plan needs: what a person names here is named in both. */
async function loadAllWords(): Promise<Localized> {
  const [zh, en] = await Promise.all([loadWords('zh'), loadWords('en')]);
  return { zh: zh.say('scenario_trial'), en: en.say('scenario_trial') };
}

function planScenario(plan: Plan) {
  return plan.scenarios[0] ?? { id: 'plan', name: { zh: '规划', en: 'Plan' } };
}

/** Does work in slices when the hand has rested. */
function later(work: () => Turns<void>, restMs = IDLE_MS): () => void {
  const abort = new AbortController();
  const handle = setTimeout(() => void inSlices(work(), abort.signal), restMs);
  return () => {
    clearTimeout(handle);
    abort.abort();
  };
}

/** Long enough for a drag to go on, short enough to look immediate after it. */
const IDLE_MS = 120;

/** What the store has kept for the app as a whole; where it cannot be read the app starts without, and says so. */
async function readKept(
  store: PlanStore,
  now: number,
): Promise<
  Pick<AppParts, 'settings' | 'summaries' | 'covers' | 'brought' | 'drafts'> & {
    problem?: StorageProblemCode;
  }
> {
  try {
    const covers = await listOwnPlans(store, now);
    const lessons = await store.readLessons();
    return {
      settings: await store.readSettings(),
      covers,
      brought: readBrought(lessons),
      drafts: lessons.filter(({ isDraft }) => isDraft),
      summaries: await store.list(),
    };
  } catch (thrown) {
    if (!(thrown instanceof StorageProblem)) throw thrown;
    return { settings: {}, summaries: [], covers: [], brought: [], drafts: [], problem: thrown.code };
  }
}

/** Opens the app in the page; `file` is the page where it has everything in line. */
export async function startPage(page: Document, file?: PageFile): Promise<void> {
  const watched = await openWatchedStore(page);
  const { standing, offered, store, problem, held } = await findOpening(file, watched);
  const now = () => Date.now();
  const kept = await readKept(store, now());
  const engineOf = rememberingLoader(offered);
  const readWork = openWorks(store, engineOf, held?.scenarios);
  // a page that holds a plan is itself the file to go back to
  const care = held ? undefined : openCare(watched.copies, now);
  const lost = held
    ? undefined
    : watched.lost(kept, {
        work: async (id) => (await readWork(id, now())).replayed,
        shipped: (id) => engineOf(id)?.then(({ plan }) => plan),
      });
  // works in memory, and on the plan of a page, are this page's own
  const channel = held || store.kind === 'memory' ? undefined : openTabChannel();
  let exchange: Promise<ExchangeDesk> | undefined;
  /** What calculates, once it has come. */
  let come: typeof Calculating | undefined;
  const calculating = async () => (come ??= await import('./calculating.ts'));
  const analyst = openAnalysis(file?.workerAddress);
  const app = new AppSession({
    templates: offered.map(({ load: _, ...template }) => template),
    page: standing,
    standalone: openStandalone(file, page.baseURI),
    store,
    storageProblem: problem?.code ?? kept.problem,
    settings: kept.settings,
    summaries: kept.summaries,
    covers: kept.covers,
    // a page that is about one plan has that plan's own lessons only
    lessons: held ? [] : shippedLessons,
    readLesson: readShippedLesson,
    // one that was brought to the page of a plan stands for the one of its id in the page
    brought: [
      ...(held?.lessons ?? []).filter(({ id }) => !kept.brought.some((one) => one.id === id)),
      ...kept.brought,
    ],
    drafts: kept.drafts,
    runLesson(parts) {
      if (!come) throw new Error('a lesson runs on an open plan');
      const { LessonRun, Practice } = come;
      // an open plan has also brought the words of both languages
      const name = { zh: wordsIn('zh').say('lesson_here'), en: wordsIn('en').say('lesson_here') };
      return new LessonRun({
        ...parts,
        practise: (engine, scenario, bounds, look) =>
          new Practice(
            { engine, store: buildMemoryStore(), analyst, now, later, originMark: freeMark },
            { ...scenario, name },
            bounds,
            look,
          ),
      });
    },
    freeId: freePlanId,
    now,
    care,
    lost,
    systemTheme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    systemLanguage: navigator.language.startsWith('zh') ? 'zh' : 'en',
    readLicences: async () => (await import('virtual:licences')).licences,
    exchange: () =>
      (exchange ??= import('./open-exchange.ts').then((module) => module.openExchange(file?.workerAddress))),
    inSlices,
    bringLanguage: async (language) => void (await loadWords(language)),
    async openPlan(id) {
      const [{ engine, replayed, work }, scenarioWord] = await Promise.all([
        readWork(id, now()),
        loadAllWords(),
      ]);
      const kept = {
        ...replayed,
        revision: work.revision,
        entries: work.entries.length,
        view: work.view ?? held?.view,
        start: held?.scenarios ?? [],
      };
      void app.lost.note(id, work, replayed.plan?.title);
      const { beginProjection, PlanSession } = await calculating();
      return new PlanSession({
        engine,
        begun: await beginProjection({ engine, kept }, inSlices),
        store,
        analyst,
        kept,
        channel,
        care,
        now,
        later,
        scenarioWord,
        originMark: freeMark,
      });
    },
    async readWork(id) {
      const { engine, replayed } = await readWork(id, now());
      return { plan: engine.plan, scenarios: replayed.scenarios };
    },
    async markTargets(id): Promise<TargetMarks> {
      const engine = await engineOf(id);
      if (!engine) throw new PlanNotOpened({ kind: 'unreachable' });
      const { findRisk, targetResults } = await calculating();
      const scenario = planScenario(engine.plan);
      const results = targetResults(engine, engine.calculate(scenario));
      const risk = findRisk(engine, results, { scenario, scenarios: engine.plan.scenarios });
      return (await inSlices(risk)).map((one) => one.status);
    },
  });
  const target = page.querySelector('#app');
  if (!(target instanceof HTMLElement)) throw new Error('the page has no #app');
  // a page that is hidden may never be shown again: what is pending is begun to be written at once
  const flush = () => {
    if (app.screen.kind === 'plan') app.screen.session.autosave.flush();
    app.lessons.drafts.flush();
    care?.copyNow();
  };
  addEventListener('pagehide', flush);
  // and one that is turned to may have missed what another tab has done
  const look = () => {
    if (app.screen.kind === 'plan') app.screen.session.tabs.look();
  };
  addEventListener('focus', look);
  addEventListener('pageshow', look);
  page.addEventListener('visibilitychange', () => {
    if (page.visibilityState === 'hidden') flush();
    else look();
  });
  await loadWords(app.language);
  mountApp(target, app);
  void app.lost.look();
  await app.restore();
  if (import.meta.env.PROD && !file) keepInstalled(page, (take) => app.offerVersion(take));
}
