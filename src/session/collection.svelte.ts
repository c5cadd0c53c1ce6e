/**
 * What a class has returned: scenarios out of many files, each calculated by itself, side by side. Nothing of it is in the
 * trainer's plan until it is asked for.
 */
import { isNumber, problem, type Problem, type Value } from '#quantity';
import type { Localized, Scenario, Target } from '#plan';
import type { Calculation } from '#engine';
import { targetResults, type TargetResult } from '#analysis';
import {
  MAX_BUNDLE_BYTES,
  toAddition,
  toPatches,
  writeTable,
  type CellToWrite,
  type Import,
} from '#exchange';
import type { ExchangeDesk, OfferedFile } from './exchange-desk.ts';
import { oneOfSession } from './one-of-session.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** A scenario that somebody returned. */
export interface Returned {
  /** Tells it from the others. */
  readonly key: number;
  readonly file: string;
  readonly name: Localized;
  readonly scenario: Scenario;
  readonly calculation: Calculation;
  /** One a target of the plan, in its order. */
  readonly results: readonly TargetResult[];
  /** What a reader should know: another version of the plan, parts that have no place. */
  readonly problems: readonly Problem[];
  /** Whether it has been added to the trainer's scenarios. */
  readonly isAdded: boolean;
  readonly value: Import;
}

/** A file that gave no scenario of this plan, and why. */
export interface RefusedFile {
  readonly key: number;
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** How many of the class met a target. */
export interface TargetCount {
  readonly target: Target;
  readonly met: number;
  /** Those for whom it can be judged. */
  readonly judged: number;
}

/** One answer in a distribution. Unit: of the line, percent as fraction. */
export interface CollectedValue {
  readonly returned: Returned;
  readonly value: Value;
}

/** What keeps a file from the board, besides what keeps it from being read. */
export type CollectionProblemCode =
  'collect_no_scenario' | 'collect_other_plan' | 'collect_other_version' | 'collect_too_many';

/** So many files are read at once at most: a class, not an archive. */
const MAX_RETURNED = 500;

/** The words of the exported board. */
export interface CollectedWords {
  readonly language: 'zh' | 'en';
  readonly file: string;
  readonly scenario: string;
  readonly met: string;
  readonly status: (status: TargetResult['status']) => string;
}

/** The board of a class. */
export class Collection {
  readonly #session: PlanSession;
  readonly #desk: () => Promise<ExchangeDesk>;
  #returned = $state.raw<readonly Returned[]>([]);
  #refused = $state.raw<readonly RefusedFile[]>([]);
  #waiting = $state(0);
  #next = 0;
  #reading = Promise.resolve();

  constructor(session: PlanSession, desk: () => Promise<ExchangeDesk>) {
    this.#session = session;
    this.#desk = desk;
  }

  /** What was returned, in the order of the files. */
  get returned(): readonly Returned[] {
    return this.#returned;
  }

  get refused(): readonly RefusedFile[] {
    return this.#refused;
  }

  /** How many files are still to be read. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Reads files, one after another; those that give no scenario of this plan are named with the reason. */
  take(files: readonly OfferedFile[]): Promise<void> {
    const left = Math.max(0, MAX_RETURNED - this.#returned.length);
    const taken = files.slice(0, left);
    for (const { name } of files.slice(left)) {
      this.#refuse(name, [problem<CollectionProblemCode>('collect_too_many', {}, { limit: MAX_RETURNED })]);
    }
    this.#waiting += taken.length;
    this.#reading = this.#reading.then(async () => {
      for (const file of taken) {
        await this.#read(file);
        this.#waiting -= 1;
      }
    });
    return this.#reading;
  }

  /** Takes one from the board. */
  remove(key: number): void {
    this.#returned = this.#returned.filter((one) => one.key !== key);
    this.#refused = this.#refused.filter((one) => one.key !== key);
  }

  /** Empties the board. */
  clear(): void {
    this.#returned = [];
    this.#refused = [];
  }

  /** Adds one to the trainer's scenarios, as one gesture, and opens it. */
  add(key: number): void {
    const one = this.#returned.find((other) => other.key === key);
    if (!one) return;
    const { scenarios, opened } = toAddition(one.value, this.#session.scenarios);
    const full = this.#session.adopt(
      scenarios.flatMap((scenario) => toPatches(null, scenario)),
      opened,
    );
    if (full) return;
    this.#returned = this.#returned.map((other) => (other === one ? { ...one, isAdded: true } : other));
  }

  /**
   * Another file with a scenario of the same name, and whether it says the same: somebody returned two, or two wrote the same
   * name. Missing: undefined where the name is there once.
   */
  twinOf(one: Returned): { readonly file: string; readonly isSame: boolean } | undefined {
    const others = (this.#byName.get(nameKey(one)) ?? []).filter((other) => other !== one);
    const twin = others.find((other) => saysTheSame(one, other)) ?? others[0];
    return twin && { file: twin.file, isSame: saysTheSame(one, twin) };
  }

  readonly #byName: ReadonlyMap<string, readonly Returned[]> = $derived.by(() => {
    const byName = new Map<string, Returned[]>();
    for (const one of this.#returned) byName.set(nameKey(one), [...(byName.get(nameKey(one)) ?? []), one]);
    return byName;
  });

  /** Who met which targets, in the order of the plan. */
  readonly counts: readonly TargetCount[] = $derived.by(() =>
    this.#session.plan.targets.map((target, index) => {
      const results = this.#returned.flatMap(({ results: all }) => all[index] ?? []);
      return {
        target,
        met: results.filter(({ status }) => isMet(status)).length,
        judged: results.filter(({ status }) => status !== 'unknown').length,
      };
    }),
  );

  /** The value of a cell in everything that was returned. */
  values(line: string, period: number): readonly CollectedValue[] {
    return this.#returned.map((returned) => ({ returned, value: returned.calculation.value(line, period) }));
  }

  /** Writes the board as CSV: a row a scenario, with how many targets it met, the chosen lines, and every target. */
  tableFile(lines: readonly string[], words: CollectedWords): Uint8Array<ArrayBuffer> {
    const { plan } = this.#session;
    const { last } = plan.periods;
    const nameOf = (line: string) => this.#session.line(line)?.name[words.language] ?? line;
    const head = [
      words.file,
      words.scenario,
      words.met,
      ...lines.map((line) => `${nameOf(line)} ${last}`),
      ...plan.targets.flatMap(({ line, period }) => [
        `${nameOf(line)} ${period}`,
        `${nameOf(line)} ${period} ${words.met}`,
      ]),
    ];
    const rows = this.#returned.map(({ file, name, calculation, results }) => [
      file,
      name[words.language],
      results.filter(({ status }) => isMet(status)).length,
      ...lines.map((line) => this.#cell(line, calculation.value(line, last))),
      ...results.flatMap(({ target, projected, status }) => [
        this.#cell(target.line, projected),
        words.status(status),
      ]),
    ]);
    return writeTable([head, ...rows]);
  }

  /** A percent keeps its sign, as in every table that leaves the program. */
  #cell(line: string, value: Value): CellToWrite {
    if (!isNumber(value)) return null;
    return this.#session.engine.unitOf(line).text === '%' ? { percent: value } : value;
  }

  #refuse(file: string, problems: readonly Problem[]): void {
    this.#next += 1;
    this.#refused = [...this.#refused, { key: this.#next, file, problems }];
  }

  async #read(file: OfferedFile): Promise<void> {
    const { plan, engine } = this.#session;
    if (file.size > MAX_BUNDLE_BYTES) {
      const megabytes = (bytes: number) => String(Math.round(bytes / 100_000) / 10);
      const args = { size: megabytes(file.size), limit: megabytes(MAX_BUNDLE_BYTES) };
      this.#refuse(file.name, [problem('import_too_large', {}, args)]);
      return;
    }
    const content = await file.arrayBuffer().then(
      (buffer) => new Uint8Array(buffer),
      () => undefined,
    );
    if (!content) {
      this.#refuse(file.name, [problem('import_unreadable', {}, { name: file.name })]);
      return;
    }
    const given = { name: file.name, content };
    const desk = await this.#desk();
    const looked = await desk.look(given);
    if (!looked || looked.kind === 'refused') {
      this.#refuse(file.name, looked?.problems ?? []);
      return;
    }
    if (looked.kind !== 'document') {
      this.#refuse(file.name, [problem<CollectionProblemCode>('collect_no_scenario')]);
      return;
    }
    if (looked.plan !== plan.id) {
      this.#refuse(file.name, [
        problem<CollectionProblemCode>('collect_other_plan', {}, { id: looked.plan, plan: plan.id }),
      ]);
      return;
    }
    const placed = await desk.place(given, plan, []);
    if (!placed?.ok) {
      this.#refuse(file.name, placed?.problems ?? []);
      return;
    }
    const { value } = placed;
    if (value.isPlanNew) {
      this.#refuse(file.name, [problem<CollectionProblemCode>('collect_other_version')]);
      return;
    }
    const meant = value.scenarios.filter(({ id }) => value.scenario === undefined || id === value.scenario);
    if (meant.length === 0) {
      this.#refuse(file.name, [problem<CollectionProblemCode>('collect_no_scenario')]);
      return;
    }
    const scenarios = [...plan.scenarios, ...value.scenarios];
    const found = meant.map((scenario): Returned => {
      const calculation = engine.calculate(scenario, scenarios);
      this.#next += 1;
      return {
        key: this.#next,
        file: file.name,
        name: scenario.name,
        scenario,
        calculation,
        results: targetResults(engine, calculation),
        problems: [...looked.problems, ...value.problems],
        isAdded: false,
        value: { ...value, plan, scenario: scenario.id },
      };
    });
    this.#returned = [...this.#returned, ...found];
  }
}

/** A name without what tells nobody apart. */
function nameKey({ name }: Returned): string {
  return `${name.zh}\n${name.en}`.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

/** Whether two scenarios say the same but for what they are called. */
function saysTheSame(a: Returned, b: Returned): boolean {
  const [one, other] = [a, b].map(({ scenario: { id: _, name: _name, note: _note, ...says } }) =>
    JSON.stringify(says),
  );
  return one === other;
}

/** A target at risk is met: it is only near the edge. */
function isMet(status: TargetResult['status']): boolean {
  return status === 'met' || status === 'atRisk';
}

/** The board that belongs to a session: it stays as long as the plan is open. */
export const collectionOf = oneOfSession(
  (session: PlanSession, desk: () => Promise<ExchangeDesk>) => new Collection(session, desk),
);
