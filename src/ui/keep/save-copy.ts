/** Saves a safety copy, or what cannot be read of a work, as a file. */
import type { Localized } from '#plan';
import { bundleOfWork, printRecords, type AppSession, type CopiedWork, type LostPlan } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import type { Notices } from '../_shared/notices.svelte.ts';
import { saveFile } from '../_shared/save-file.ts';

/** What saving is done with. */
export interface Saving {
  readonly app: AppSession;
  readonly context: AppContext;
  readonly notices: Notices;
}

type Copy = Parameters<AppSession['lost']['read']>[0];

/** The bundle of a copy, as a file to be opened or saved. */
export function fileOf(title: string, work: CopiedWork): File {
  const name = `${title}.bundle.json`;
  return new File([bundleOfWork(work)], name, { type: 'application/json', lastModified: Date.now() });
}

/** Tells that no copy of a plan can be read. */
export function tellUnreadable({ context: { words }, notices }: Omit<Saving, 'app'>, title: string): void {
  notices.show({
    kind: 'refused',
    what: words.say('lost_unreadable', { plan: title }),
    next: words.say('lost_unreadable_next'),
  });
}

/** Saves a copy as a file; tells where it cannot be read. */
export async function saveCopy(saving: Saving, copy: Copy, title: Localized): Promise<void> {
  const { app, context, notices } = saving;
  const name = context.name(title);
  const work = await app.lost.read(copy);
  if (!work) return tellUnreadable(saving, name);
  const file = fileOf(name, work);
  saveFile(file, file.name);
  notices.show({ kind: 'done', what: context.words.say('share_saved', { name: file.name }) });
}

/** Saves all that is stored under a plan as a file, for one that cannot be opened; tells where that is nothing. */
export async function saveStored(
  { app, context, notices }: Saving,
  plan: string,
  title: string,
): Promise<void> {
  const records = await app.lost.readStored(plan);
  if (records.length === 0)
    return void notices.show({ kind: 'refused', what: context.words.say('unopened_none') });
  saveRecords({ context, notices }, `${title}.stored.json`, printRecords(plan, 'stored', records));
}

/** Saves the records of a work that cannot be read as a file, whatever lies there. */
export function saveSetAside(
  { context, notices }: Omit<Saving, 'app'>,
  plan: string,
  title: string,
  records: LostPlan['damaged'],
): void {
  saveRecords({ context, notices }, `${title}.set-aside.json`, printRecords(plan, 'setAside', records));
}

function saveRecords({ context, notices }: Omit<Saving, 'app'>, name: string, text: string): void {
  saveFile(new Blob([text], { type: 'application/json' }), name);
  notices.show({ kind: 'done', what: context.words.say('share_saved', { name }) });
}
