/** What the share menu does: files to save, a link to copy. Comes with the first use of the menu. */
import {
  StandaloneNotWritten,
  allTablesFileOf,
  bundleFileOf,
  bundleOf,
  outgoingLessons,
  linkOf,
  scenarioFileOf,
  tableFileOf,
  type PlanSession,
  type TableWords,
} from '#session';
import { problemSentence, unitName } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import type { Message, Notices } from '../_shared/notices.svelte.ts';
import { saveFile } from '../_shared/save-file.ts';
import { inSentences } from '../_shared/sentences.ts';
import { fileInstead } from './file-instead.ts';

/** What can be done from the menu without a look at something first. */
export type ShareAction =
  'scenario' | 'bundle' | 'link' | 'workbook' | 'table' | 'all-tables' | 'page-view' | 'page-edit';

/** Everything that an action needs. */
export interface Sharing {
  readonly session: PlanSession;
  readonly context: AppContext;
  readonly notices: Notices;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Does an action and tells what came of it; what fails is told and changes nothing. */
export async function share(action: ShareAction, sharing: Sharing): Promise<void> {
  const { notices, context } = sharing;
  try {
    await ACTIONS[action](sharing);
  } catch (thrown) {
    const { words } = context;
    const message: Message =
      thrown instanceof StandaloneNotWritten
        ? { kind: 'refused', what: words.say('share_failed'), next: words.say(`standalone_${thrown.code}`) }
        : {
            kind: 'refused',
            what: words.say('share_failed'),
            next: words.say('share_failed_next', { message: String(thrown) }),
          };
    notices.show(message);
  }
}

const ACTIONS: Readonly<Record<ShareAction, (sharing: Sharing) => Promise<void> | void>> = {
  scenario: (sharing) =>
    save(sharing, `${names(sharing)}.scenario.json`, scenarioFileOf(sharing.session), 'application/json'),
  bundle(sharing) {
    const { lessons, left } = lessonsOf(sharing);
    const file = bundleFileOf(sharing.session, lessons);
    save(sharing, `${planName(sharing)}.bundle.json`, file, 'application/json', left);
  },
  table: (sharing) =>
    save(sharing, `${names(sharing)}.csv`, tableFileOf(sharing.session, tableWords(sharing)), 'text/csv'),
  'all-tables': (sharing) =>
    save(
      sharing,
      `${planName(sharing)}.csv`,
      allTablesFileOf(sharing.session, tableWords(sharing)),
      'text/csv',
    ),
  link: copyLink,
  workbook: saveWorkbook,
  'page-view': (sharing) => savePage(sharing, false),
  'page-edit': (sharing) => savePage(sharing, true),
};

function planName({ session, context }: Sharing): string {
  return context.name(session.plan.title);
}

function names(sharing: Sharing): string {
  return `${planName(sharing)} ${sharing.context.name(sharing.session.scenario.name)}`;
}

/** The person's lessons that go along with the plan, and sentences about those that cannot. */
function lessonsOf({ session, context }: Sharing) {
  const { words } = context;
  const { lessons, misfits, surplus } = outgoingLessons(
    session,
    context.app.lessons.broughtTo(session.plan.id),
  );
  const left: string[] = [];
  if (misfits.length > 0) {
    const names = misfits.map(({ title }) => context.name(title)).join(words.say('lesson_comma'));
    left.push(words.say('share_lessons_left', { names }));
  }
  const [first] = surplus;
  if (first) {
    const counts = { limit: lessons.length, count: surplus.length };
    left.push(words.say('share_lessons_surplus', { ...counts, name: context.name(first.title) }));
  }
  return { lessons, left: left.length > 0 ? inSentences(context.language, left) : undefined };
}

function tableWords({ context }: Sharing): TableWords {
  const { words, language } = context;
  return {
    language,
    heads: {
      scenario: words.say('share_head_scenario'),
      id: words.say('share_head_id'),
      line: words.say('share_head_line'),
      unit: words.say('share_head_unit'),
    },
    unitName: (unit) => unitName(words, unit),
  };
}

function save(sharing: Sharing, name: string, content: BlobPart, type: string, next?: string): void {
  saveFile(new Blob([content], { type }), name);
  const { words } = sharing.context;
  sharing.notices.show({ kind: 'done', what: words.say('share_saved', { name }), next });
}

/**
 * The link of the open scenario, and a sentence where lessons are not in it; where there can be no link, why and what to do
 * instead is shown.
 *
 * Missing: undefined where there is none.
 */
export function linkFor(
  sharing: Sharing,
): { readonly link: string; readonly left: string | undefined } | undefined {
  const { session, context, notices } = sharing;
  const { words } = context;
  const { action, label } = fileInstead(session);
  const saveInstead = { label: words.say(label), run: () => void share(action, sharing) };
  if (!/^https?:$/.test(location.protocol)) {
    notices.show({
      kind: 'refused',
      what: words.say('share_link_file'),
      next: words.say('share_link_file_next'),
      action: saveInstead,
    });
    return undefined;
  }
  const lessons = context.app.lessons.broughtTo(session.plan.id);
  const written = linkOf(session, location.origin + location.pathname, lessons);
  if (written.ok)
    return { link: written.link, left: written.hasAllLessons ? undefined : words.say('share_link_lessons') };
  notices.show({ kind: 'refused', what: problemSentence(words, written.problem), action: saveInstead });
  return undefined;
}

async function copyLink(sharing: Sharing): Promise<void> {
  const found = linkFor(sharing);
  if (!found) return;
  const { link, left } = found;
  const { words } = sharing.context;
  try {
    await navigator.clipboard.writeText(link);
  } catch (thrown) {
    // a page without the right to the clipboard, or without one at all
    if (!(thrown instanceof DOMException || thrown instanceof TypeError)) throw thrown;
    sharing.notices.show({
      kind: 'refused',
      what: words.say('share_link_copy_failed'),
      next: words.say('share_link_copy_next'),
    });
    return;
  }
  sharing.notices.show({
    kind: 'done',
    what: words.say('share_link_copied', { characters: link.length }),
    next: left,
  });
}

async function saveWorkbook(sharing: Sharing): Promise<void> {
  const { session, context, notices } = sharing;
  const { words, language, app } = context;
  const abort = new AbortController();
  const writing = words.say('share_writing');
  // a workbook that is written at once is not announced
  const announcing = setTimeout(
    () =>
      notices.show({
        kind: 'done',
        what: writing,
        stays: true,
        action: { label: words.say('share_stop'), run: () => abort.abort() },
      }),
    300,
  );
  try {
    const desk = await app.exchange();
    const { plan, scenarios, scenario } = session;
    const question = { scenarios, active: scenario.id, language };
    const answer = await desk.writeWorkbook(plan, question, { signal: abort.signal });
    if (!answer) {
      if (abort.signal.aborted) notices.show({ kind: 'done', what: words.say('share_stopped') });
      return;
    }
    const { bytes, keptCount } = answer;
    const next = keptCount > 0 ? words.say('share_workbook_kept', { count: keptCount }) : undefined;
    save(sharing, `${planName(sharing)}.xlsx`, bytes, XLSX, next);
  } finally {
    clearTimeout(announcing);
    for (const { id, what } of notices.shown) if (what === writing) notices.close(id);
  }
}

async function savePage(sharing: Sharing, isEditable: boolean): Promise<void> {
  const { lessons, left } = lessonsOf(sharing);
  const bundle = bundleOf(sharing.session, lessons);
  const page = await sharing.context.app.standalone.write(bundle, isEditable);
  save(sharing, `${planName(sharing)}.html`, page, 'text/html', left);
}
