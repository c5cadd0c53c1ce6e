/** A part of the plan while it is written: its fields, what was refused, and the draft that outlives the view. */
import { untrack } from 'svelte';
import type { AppSession, Edited, FieldFault } from '#session';
import { isSameChoice, type Chosen, type Guard } from './editing.ts';
import { modelDraftsOf } from './model-drafts.svelte.ts';

interface PartOptions<Form extends object> {
  readonly app: AppSession;
  /** The id of the plan. */
  readonly plan: string;
  readonly part: Chosen;
  /** The fields as the plan has them; those that were written before lie over them. */
  readonly before: Form;
  /** Changes the plan. */
  readonly write: (form: Form) => Edited;
  /** Told after a change, with the id or the place of the part. */
  readonly onsaved?: (id: string) => void;
  /** Is given what takes the form before another part is opened. */
  readonly guard: (guard: Guard | undefined) => void;
}

/** The form of one part; built while its component begins. */
export class PartForm<Form extends object> {
  readonly #options: PartOptions<Form>;
  #fields = $state.raw() as Form;
  #faults = $state.raw<readonly FieldFault[]>([]);

  constructor(options: PartOptions<Form>) {
    this.#options = options;
    const { app, plan, part, before, guard } = options;
    const draft = untrack(() => modelDraftsOf(app).get(plan));
    this.#fields = draft && isSameChoice(draft.part, part) ? { ...before, ...draft.fields } : before;
    $effect(() => {
      guard(() => !this.isChanged || this.save());
      return () => guard(undefined);
    });
  }

  get fields(): Form {
    return this.#fields;
  }

  get faults(): readonly FieldFault[] {
    return this.#faults;
  }

  get isChanged(): boolean {
    return Object.keys(this.#changes).length > 0;
  }

  /** Writes into some of the fields. */
  write(fields: Partial<Form>): void {
    this.#fields = { ...this.#fields, ...fields };
    const { app, plan, part } = this.#options;
    if (this.isChanged) modelDraftsOf(app).set(plan, { part, fields: this.#changes });
    else this.#forget();
  }

  /** Changes the plan; false where something is wrong, which the faults say. */
  save(): boolean {
    const edited = this.#options.write(this.#fields);
    if (this.take(edited)) this.#options.onsaved?.(edited.id);
    return edited.ok;
  }

  /** Takes what came of an edit of this part: where it was done nothing is left to be saved, else its faults are shown. */
  take(edited: Edited): edited is Edited & { readonly ok: true } {
    this.#faults = edited.ok ? [] : edited.faults;
    if (edited.ok) this.#forget();
    return edited.ok;
  }

  revert(): void {
    this.#fields = this.#options.before;
    this.#faults = [];
    this.#forget();
  }

  get #changes(): Partial<Form> {
    const { before } = this.#options;
    const names = Object.keys(this.#fields) as (keyof Form)[];
    const changed = names.filter(
      (name) => JSON.stringify(this.#fields[name]) !== JSON.stringify(before[name]),
    );
    return Object.fromEntries(changed.map((name) => [name, this.#fields[name]])) as Partial<Form>;
  }

  #forget(): void {
    const { app, plan, part } = this.#options;
    const drafts = modelDraftsOf(app);
    const draft = drafts.get(plan);
    if (draft && isSameChoice(draft.part, part)) drafts.delete(plan);
  }
}
