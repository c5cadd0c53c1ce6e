/** One movement of a lever from its beginning to its end: offered once per picture, then taken or put back. */

/** What a movement does to the plan. */
export interface LeverVerbs {
  /** Shows what a level gives, without keeping it. */
  readonly move: (level: number) => void;
  /** Takes a level: one gesture, one step of undo. */
  readonly commit: (level: number) => void;
  /** Puts everything back to before the movement. */
  readonly cancel: () => void;
}

/** A lever's movement. Levels that come faster than pictures are passed over. */
export class LeverGesture {
  readonly #verbs: LeverVerbs;
  #now:
    { readonly start: number | undefined; level: number | undefined; frame: number | undefined } | undefined;

  constructor(verbs: LeverVerbs) {
    this.#verbs = verbs;
  }

  get isOpen(): boolean {
    return this.#now !== undefined;
  }

  /** The level offered last. */
  get level(): number | undefined {
    return this.#now?.level;
  }

  /** Begins at a level, undefined where the lever has none; a movement that was still open is taken. */
  begin(level: number | undefined): void {
    this.commit();
    this.#now = { start: level, level, frame: undefined };
  }

  offer(level: number): void {
    const now = this.#now;
    if (!now || now.level === level) return;
    now.level = level;
    now.frame ??= requestAnimationFrame(() => {
      now.frame = undefined;
      if (now.level !== undefined) this.#verbs.move(now.level);
    });
  }

  /** Ends the movement with the level offered last; one that came back to its start changes nothing. */
  commit(): void {
    const now = this.#end();
    if (!now) return;
    if (now.level === undefined || now.level === now.start) this.#verbs.cancel();
    else this.#verbs.commit(now.level);
  }

  cancel(): void {
    if (this.#end()) this.#verbs.cancel();
  }

  #end() {
    const now = this.#now;
    this.#now = undefined;
    if (now?.frame !== undefined) cancelAnimationFrame(now.frame);
    return now;
  }
}
