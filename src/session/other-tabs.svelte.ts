/** What tabs with the same plan tell each other, and what a person is told where edits of two of them met. */
import { isSame, type Clash } from '#plan';
import type { TabChannel, TabMessage } from '#storage';
import type { Told } from './work.ts';

/** Two edits that met, as a person is told of them. */
export interface Meeting extends Told {
  readonly id: number;
  /** Whether what stands is of this tab. */
  readonly isOurs: boolean;
}

/** The open plan, as far as other tabs are concerned. */
export interface SharedPlan {
  readonly plan: string;
  /** Takes note of the revision to which another tab has come; without one, that it may have gone on. */
  readonly hear: (revision?: number) => void;
  /** Does an edit in the place of another; tells whether it still can be done. */
  readonly take: (patches: Clash) => boolean;
}

/** Most meetings that are shown; those before them are counted. */
const MAX_MEETINGS = 50;

/** The other tabs with an open plan. */
export class OtherTabs {
  readonly #channel: TabChannel | undefined;
  readonly #plan: SharedPlan;
  readonly #stop: (() => void) | undefined;
  #meetings = $state.raw<readonly Meeting[]>([]);
  #count = $state(0);

  constructor(channel: TabChannel | undefined, plan: SharedPlan) {
    this.#channel = channel;
    this.#plan = plan;
    this.#stop = channel?.hear((message) => this.#heard(message));
  }

  /** The edits that met and that nobody has closed yet, the newest last. */
  get meetings(): readonly Meeting[] {
    return this.#meetings;
  }

  /** How many edits have met since the plan was opened. */
  get count(): number {
    return this.#count;
  }

  /** Looks whether other tabs have gone on, as a page does that is turned to: a message may have been missed. */
  look(): void {
    this.#plan.hear();
  }

  /** Takes note of edits that met here. */
  tell(told: readonly Told[], isOurs = true): void {
    for (const { kind, take } of told) {
      this.#count += 1;
      const others = this.#meetings.filter((one) => !isSame(one.take, take));
      this.#meetings = [...others, { id: this.#count, kind, take, isOurs }].slice(-MAX_MEETINGS);
    }
  }

  /** Tells other tabs that the work is kept to a revision, and which edits met on the way. */
  keptTo(revision: number, told: readonly Told[]): void {
    const clashes = told.flatMap(({ kind, take }) => (kind === 'met' ? [take] : []));
    this.#channel?.tell({ plan: this.#plan.plan, revision, clashes });
  }

  /** Puts the other edit in the place of the one that stands, as a gesture that can be undone; tells whether it still could. */
  take({ id, take }: Meeting): boolean {
    const isTaken = take.length > 0 && this.#plan.take(take);
    if (isTaken) this.close(id);
    return isTaken;
  }

  /** Takes note that a meeting was read; without an id, that all were. */
  close(id?: number): void {
    this.#meetings = id === undefined ? [] : this.#meetings.filter((one) => one.id !== id);
  }

  /** Hears nothing any more. */
  leave(): void {
    this.#stop?.();
  }

  #heard({ plan, revision, clashes }: TabMessage): void {
    if (plan !== this.#plan.plan) return;
    this.tell(
      clashes.map((take): Told => ({ kind: 'met', take })),
      false,
    );
    this.#plan.hear(revision);
  }
}
