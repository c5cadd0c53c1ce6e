/** Backup files: every plan that has been worked on as a bundle of its own, saved once or kept up to date in a folder. */
import { bundleOfWork, type AppSession } from '#session';
import { fileName, saveFile } from '../_shared/save-file.ts';

/** A bundle with its file's name. */
interface BackupFile {
  readonly name: string;
  readonly content: Blob;
}

/** The bundle of a plan as it is now; undefined where it is not here. */
async function backupOf(app: AppSession, id: string): Promise<BackupFile | undefined> {
  const work = await app.workOn(id);
  if (!work) return undefined;
  const name = `${work.plan.title[app.language]}.bundle.json`;
  return { name, content: new Blob([bundleOfWork(work)], { type: 'application/json' }) };
}

/** Saves a bundle of every plan that has been worked on; gives how many. */
export async function saveAll(app: AppSession): Promise<number> {
  let count = 0;
  for (const id of await app.listWorkedOn()) {
    const file = await backupOf(app, id);
    if (!file) continue;
    saveFile(file.content, file.name);
    count += 1;
  }
  return count;
}

type Pick = (options: { mode: 'readwrite'; id: string }) => Promise<FileSystemDirectoryHandle>;

function picker(): Pick | undefined {
  return (globalThis as { showDirectoryPicker?: Pick }).showDirectoryPicker;
}

/** Whether this browser lets a page write into a folder that a person chooses. */
export function canKeepFolder(): boolean {
  return picker() !== undefined;
}

/** A folder on the person's disk that has the newest bundle of each plan, for as long as the page is open. */
export class BackupFolder {
  readonly #app: AppSession;
  #folder: FileSystemDirectoryHandle | undefined;
  #name = $state<string>();
  #writtenAt = $state<number>();
  #isRefused = $state(false);

  constructor(app: AppSession) {
    this.#app = app;
    app.care?.whenQuiet((plan) => void this.#write([plan]));
  }

  /** The folder's name; undefined where none is chosen. */
  get name(): string | undefined {
    return this.#name;
  }

  /** When it was last written to. */
  get writtenAt(): number | undefined {
    return this.#writtenAt;
  }

  /** Whether the folder could not be written to the last time. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** Lets the person choose a folder and writes all plans into it. Choosing none changes nothing. */
  async choose(): Promise<void> {
    try {
      this.#folder = await picker()?.call(globalThis, { mode: 'readwrite', id: 'backup' });
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'AbortError') return;
      if (!(thrown instanceof DOMException)) throw thrown;
      this.#isRefused = true;
      return;
    }
    this.#name = this.#folder?.name;
    await this.#write(await this.#app.listWorkedOn());
  }

  async #write(plans: readonly string[]): Promise<void> {
    const folder = this.#folder;
    if (!folder) return;
    try {
      for (const id of plans) {
        const backup = await backupOf(this.#app, id);
        if (!backup) continue;
        const file = await folder.getFileHandle(fileName(backup.name), { create: true });
        const writing = await file.createWritable();
        await writing.write(backup.content);
        await writing.close();
      }
      this.#writtenAt = Date.now();
      this.#isRefused = false;
    } catch (thrown) {
      // moved, deleted, full, or the right to it was taken back
      if (!(thrown instanceof DOMException)) throw thrown;
      this.#isRefused = true;
    }
  }
}

const folders = new WeakMap<AppSession, BackupFolder>();

/** The folder of an app: one, whoever asks. */
export function backupFolderOf(app: AppSession): BackupFolder {
  const known = folders.get(app) ?? new BackupFolder(app);
  folders.set(app, known);
  return known;
}
