/** A question that is asked off the page's thread, and asked anew when its inputs change. */
import { untrack } from 'svelte';
import type { Plan } from '#plan';
import { paceOf, type AnalysisJobs, type HeldRun, type RunMark } from '#analysis';
import type { InputOf, JobRunner, OutputOf } from '#worker';
import type { PlanSession } from './plan-session.svelte.ts';
import { holdQuestion, type AskedQuestion } from './question-cost.ts';

/** Answers analyses of plans. */
export type Analyst = JobRunner<Plan, AnalysisJobs>;

/** Chance begins here, so that the same question has the same answer; another seed is a choice of the person. */
export const DEFAULT_SEED = 2021;

type Kind = keyof AnalysisJobs;

/** An answer with the plan and the inputs that it belongs to. */
interface Ended<K extends Kind> {
  readonly plan: Plan;
  readonly input: InputOf<AnalysisJobs, K>;
  readonly output: OutputOf<AnalysisJobs, K>;
}

/** How the newest asking stands. */
type Standing =
  | { readonly kind: 'rest' }
  | { readonly kind: 'running'; readonly share: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'held'; readonly held: HeldRun }
  | { readonly kind: 'failed'; readonly message: string };

const AT_REST: Standing = { kind: 'rest' };

/** What a view may show while the answer is on its way: what was found last, and whether that belongs to inputs of before. */
export interface Shown<K extends Kind> extends Ended<K> {
  readonly isOutdated: boolean;
}

/**
 * One question. A view keeps it going with `$effect(() => inquiry.follow())`, or with `keepUp` where it is looked at while a
 * lever moves; where the input is made of state that changes, what was found before is `outdated` from that moment on and
 * never given as the `answer`.
 */
export class Inquiry<K extends Kind> {
  readonly #session: PlanSession;
  readonly #kind: K;
  readonly #input: InputOf<AnalysisJobs, K> | undefined;
  readonly #seed: () => number;
  #ended = $state.raw<Ended<K>>();
  #standing = $state.raw<Standing>(AT_REST);
  /** Rises to ask the same once more. */
  #asked = $state(0);
  #abort: AbortController | undefined;
  /** The input for which a long run was wanted all the same. */
  #wanted: InputOf<AnalysisJobs, K> | undefined;
  /** What is to be asked when the asking under way has ended. */
  #next: { readonly input: InputOf<AnalysisJobs, K>; readonly seed: number } | undefined;

  /** `input` gives undefined while there is nothing to ask, as while a lever moves. */
  constructor(
    session: PlanSession,
    kind: K,
    input: () => InputOf<AnalysisJobs, K> | undefined,
    seed: () => number = () => DEFAULT_SEED,
  ) {
    this.#session = session;
    this.#kind = kind;
    this.#seed = seed;
    this.#input = $derived.by(input);
  }

  /** What was found for the inputs as they are; undefined until then. */
  get answer(): OutputOf<AnalysisJobs, K> | undefined {
    return this.#isOfNow(this.#ended) ? this.#ended.output : undefined;
  }

  /** What was found for inputs of before, for a view that shows it as such while the answer is on its way. */
  get outdated(): OutputOf<AnalysisJobs, K> | undefined {
    return this.answer === undefined ? this.#ended?.output : undefined;
  }

  /** What was found last together with its inputs; undefined before the first answer. */
  get shown(): Shown<K> | undefined {
    const ended = this.#ended;
    return ended && { ...ended, isOutdated: !this.#isOfNow(ended) };
  }

  #isOfNow(ended: Ended<K> | undefined): ended is Ended<K> {
    return ended?.input === this.#input && ended?.plan === this.#session.plan;
  }

  /** The inputs that `answer` or `outdated` belongs to. */
  get answered(): InputOf<AnalysisJobs, K> | undefined {
    return this.#ended?.input;
  }

  get isRunning(): boolean {
    return this.#standing.kind === 'running';
  }

  /** The share that is done, 0 to 1. */
  get share(): number {
    return this.#standing.kind === 'running' ? this.#standing.share : 0;
  }

  get isCancelled(): boolean {
    return this.#standing.kind === 'cancelled';
  }

  /** What the question would need, where it was not run for that; undefined while nothing holds it. */
  get held(): HeldRun | undefined {
    return this.#standing.kind === 'held' ? this.#standing.held : undefined;
  }

  /** Runs a question that is held and not refused, however long it takes. */
  runAnyway(): void {
    if (this.held?.isRefused !== false) return;
    this.#wanted = this.#input;
    this.askAgain();
  }

  /** What went wrong, in the words of the program: a bug, since wrong input is answered in the output. */
  get failure(): string | undefined {
    return this.#standing.kind === 'failed' ? this.#standing.message : undefined;
  }

  /** Asks whenever the input has changed. Gives what calls it off, for the effect in which it is called. */
  follow(): (() => void) | undefined {
    void [this.#asked, this.#session.plan];
    const input = this.#input;
    const seed = this.#seed();
    if (input === undefined) {
      untrack(() => (this.#standing = AT_REST));
      return undefined;
    }
    return untrack(() => this.#ask(input, seed));
  }

  /**
   * Asks as often as answers come: inputs that change while an asking is under way wait for its end, the newest of them
   * only, so that a view follows a moving lever however fast it moves. Gives what calls it off.
   */
  keepUp(): () => void {
    $effect(() => {
      void [this.#asked, this.#session.plan];
      const input = this.#input;
      const seed = this.#seed();
      untrack(() => {
        if (input === undefined) this.#leave();
        else this.#next = { input, seed };
        this.#askNext();
      });
    });
    return () => this.#leave();
  }

  /** Stops the asking under way; nothing is found then until the input changes or it is asked again. */
  cancel(): void {
    if (!this.isRunning) return;
    this.#leave();
    this.#standing = { kind: 'cancelled' };
  }

  /** Asks the same once more, as after a cancel. */
  askAgain(): void {
    this.#asked += 1;
  }

  #leave(): void {
    this.#next = undefined;
    this.#abort?.abort();
    this.#abort = undefined;
    this.#standing = AT_REST;
  }

  #askNext(): void {
    const next = this.#next;
    if (!next || this.isRunning) return;
    this.#next = undefined;
    this.#ask(next.input, next.seed);
  }

  #ask(input: InputOf<AnalysisJobs, K>, seed: number): () => void {
    const abort = new AbortController();
    const { plan, engine, analyst } = this.#session;
    const question = { kind: this.#kind, input } as unknown as AskedQuestion;
    const tooLarge = holdQuestion(engine, question);
    if (tooLarge) {
      this.#standing = { kind: 'held', held: tooLarge };
      return () => abort.abort();
    }
    this.#abort = abort;
    this.#standing = { kind: 'running', share: 0 };
    const tell = (standing: Standing) => {
      if (!abort.signal.aborted) this.#standing = standing;
    };
    const end = (standing: Standing) => {
      tell(standing);
      if (!abort.signal.aborted) this.#askNext();
    };
    const began = this.#session.now();
    let first: RunMark | undefined;
    // how long it will take is judged once, by what its first part took
    let isJudged = this.#wanted === input;
    const onProgress = (share: number) => {
      tell({ kind: 'running', share });
      if (isJudged || abort.signal.aborted) return;
      const mark = { share, ms: this.#session.now() - began };
      const pace = first && paceOf(first, mark);
      isJudged = pace !== undefined || (first !== undefined && !isEven(this.#kind));
      first ??= mark;
      if (!pace) return;
      const held = holdQuestion(engine, question, pace);
      if (!held) return;
      this.#leave();
      this.#standing = { kind: 'held', held };
    };
    analyst.run({ kind: this.#kind, document: plan, input, seed }, { signal: abort.signal, onProgress }).then(
      (outcome) => {
        if (abort.signal.aborted) return;
        if (outcome.kind === 'done') this.#ended = { plan, input, output: outcome.output };
        end(outcome.kind === 'done' ? AT_REST : { kind: 'cancelled' });
      },
      (error: unknown) => end({ kind: 'failed', message: String(error) }),
    );
    return () => abort.abort();
  }
}

/** Whether every share that is told tells the time: a search does not know how far it has to go, but for its first part. */
function isEven(kind: Kind): boolean {
  return kind !== 'leastChange';
}
