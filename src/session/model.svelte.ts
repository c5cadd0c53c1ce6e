/**
 * The plan itself, as a person edits it: lines, sections, targets, name and years, each edit one gesture that can be undone.
 * Formulas follow the names of lines. What would leave the plan unfit is refused, and nothing is done then.
 */
import { problem, type Problem } from '#quantity';
import {
  asNames,
  type Line,
  type Localized,
  type Patch,
  type Plan,
  type PlanProblemCode,
  type Scenario,
  type Target,
} from '#plan';
import { bothLanguages } from './form-texts.ts';
import { readLineForm, type LineForm } from './line-form.ts';
import { itemPatch, lineRemoved, moved, usersOf, withFollowing, type LineUser } from './model-edits.ts';
import { freeId } from './model-ids.ts';
import type { FieldFault } from './model-problem.ts';
import { readHeadForm, readTargetForm, type HeadForm, type TargetForm } from './plan-forms.ts';

/** What an edit has come to: what was wrong, or the id or place of what is there now. */
export type Edited =
  { readonly ok: true; readonly id: string } | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** What a form of a line is read with beside the plan. */
export interface FormWords {
  readonly language: 'zh' | 'en';
  /** The note of a figure that was typed by hand. */
  readonly figureNote: Localized;
}

/** The verbs of the plan that a person edits. */
export class Model {
  readonly #session: { readonly plan: Plan };
  readonly #edit: (patches: readonly Patch[]) => readonly Problem<PlanProblemCode>[];
  readonly #own: () => readonly Scenario[];

  /** `edit` does a gesture or gives what is wrong; `own` gives the person's own scenarios. */
  constructor(
    session: { readonly plan: Plan },
    parts: {
      readonly edit: (patches: readonly Patch[]) => readonly Problem<PlanProblemCode>[];
      readonly own: () => readonly Scenario[];
    },
  ) {
    this.#session = session;
    this.#edit = parts.edit;
    this.#own = parts.own;
  }

  // lines

  /** Writes a line anew from its form, or adds one at the end of its section where there is none. */
  saveLine(id: string | undefined, form: LineForm, words: FormWords): Edited {
    const { plan } = this.#session;
    const at = plan.lines.findIndex((line) => line.id === id);
    const before = plan.lines[at];
    const name = bothLanguages(form.name);
    const newId = freeId(name?.en ?? '', 'line', plan);
    const read = readLineForm(form, { plan, before, id: newId, ...words });
    if ('faults' in read) return { ok: false, faults: read.faults };
    const { line } = read;
    if (!before) return this.#do([itemPatch('lines', this.#endOf(line.section), null, line)], line.id);
    if (JSON.stringify(before) === JSON.stringify(line)) return { ok: true, id: line.id };
    if (before.section === line.section) return this.#do([itemPatch('lines', at, before, line)], line.id);
    const end = this.#endOf(line.section);
    return this.#do(moved('lines', at, end > at ? end - 1 : end, before, line), line.id);
  }

  /** Copies a line, right below it; the copy has another id and the name that is given. */
  duplicateLine(id: string, name: Localized): Edited {
    const { plan } = this.#session;
    const at = plan.lines.findIndex((line) => line.id === id);
    const line = plan.lines[at];
    if (!line) return missing();
    const copy = { ...line, id: freeId(name.en, 'line', plan), name: asNames(name) };
    return this.#do([itemPatch('lines', at + 1, null, copy)], copy.id);
  }

  /** Moves a line to a place among the lines of a section, from 0; beyond the ends is the end. */
  moveLine(id: string, section: string, place: number): Edited {
    const { plan } = this.#session;
    const at = plan.lines.findIndex((line) => line.id === id);
    const line = plan.lines[at];
    if (!line) return missing();
    const others = plan.lines.filter((one) => one.id !== id);
    const within = others.filter((one) => one.section === section);
    const next = within[Math.max(place, 0)];
    const last = within.at(-1);
    const to = next ? others.indexOf(next) : last ? others.indexOf(last) + 1 : others.length;
    return this.#do(moved('lines', at, to, line, line.section === section ? line : { ...line, section }), id);
  }

  /** The formulas that read a line, its own left out: as long as there are any it cannot be deleted. */
  usersOf(id: string): readonly LineUser[] {
    return usersOf({ plan: this.#session.plan, own: this.#own() }, id);
  }

  /** Deletes a line with what is said about it. Refused while other formulas read it. */
  removeLine(id: string): Edited {
    const { plan } = this.#session;
    const users = this.usersOf(id);
    if (users.length > 0) return refused('model_line_used', { count: users.length });
    return this.#do(lineRemoved({ plan, own: this.#own() }, id), id);
  }

  // sections

  /** Names a section anew, or adds one at the end where there is none. */
  saveSection(id: string | undefined, name: Localized): Edited {
    const { plan } = this.#session;
    const both = bothLanguages(name);
    if (!both) return { ok: false, faults: [{ field: 'name', problem: problem('model_name_missing') }] };
    const at = plan.sections.findIndex((section) => section.id === id);
    const before = plan.sections[at];
    const after = { id: before?.id ?? freeId(both.en, 'section', plan), name: both };
    if (before?.name.zh === both.zh && before.name.en === both.en) return { ok: true, id: after.id };
    return this.#do(
      [itemPatch('sections', before ? at : plan.sections.length, before ?? null, after)],
      after.id,
    );
  }

  moveSection(id: string, place: number): Edited {
    const { sections } = this.#session.plan;
    const at = sections.findIndex((section) => section.id === id);
    const section = sections[at];
    if (!section) return missing();
    const to = Math.min(Math.max(place, 0), sections.length - 1);
    return this.#do(moved('sections', at, to, section), id);
  }

  /** Deletes a section without lines; the last one stays. */
  removeSection(id: string): Edited {
    const { sections, lines } = this.#session.plan;
    const at = sections.findIndex((section) => section.id === id);
    const section = sections[at];
    if (!section) return missing();
    const count = lines.filter((line) => line.section === id).length;
    if (count > 0) return refused('model_section_used', { count });
    if (sections.length === 1) return refused('model_last_section');
    return this.#do([itemPatch('sections', at, section, null)], id);
  }

  // targets

  /** Writes the target at a place anew, or adds one at the end where there is none. The id is the place. */
  saveTarget(at: number | undefined, form: TargetForm): Edited {
    const { plan } = this.#session;
    const before: Target | undefined = at === undefined ? undefined : plan.targets[at];
    const read = readTargetForm(form, plan, before);
    if ('faults' in read) return { ok: false, faults: read.faults };
    const place = before && at !== undefined ? at : plan.targets.length;
    if (before && JSON.stringify(before) === JSON.stringify(read.value))
      return { ok: true, id: String(place) };
    return this.#do([itemPatch('targets', place, before ?? null, read.value)], String(place));
  }

  moveTarget(at: number, to: number): Edited {
    const { targets } = this.#session.plan;
    const target = targets[at];
    if (!target) return missing();
    const place = Math.min(Math.max(to, 0), targets.length - 1);
    return this.#do(moved('targets', at, place, target), String(place));
  }

  removeTarget(at: number): Edited {
    const target = this.#session.plan.targets[at];
    return target ? this.#do([itemPatch('targets', at, target, null)], String(at)) : missing();
  }

  // the plan's head

  /** Writes what the plan is called and its years anew. */
  saveHead(form: HeadForm): Edited {
    const { plan } = this.#session;
    const read = readHeadForm(form);
    if ('faults' in read) return { ok: false, faults: read.faults };
    const { title, place, periods } = plan;
    const before = { title, place, periods };
    if (JSON.stringify(before) === JSON.stringify(read.value)) return { ok: true, id: plan.id };
    return this.#do([{ kind: 'plan-head', before, after: read.value }], plan.id);
  }

  // how it is done

  /** The place behind the last line of a section. */
  #endOf(section: string): number {
    const { lines } = this.#session.plan;
    const last = lines.findLastIndex((line: Line) => line.section === section);
    return last === -1 ? lines.length : last + 1;
  }

  #do(patches: readonly Patch[], id: string): Edited {
    const state = { plan: this.#session.plan, own: this.#own() };
    const problems = this.#edit(withFollowing(state, patches));
    if (problems.length === 0) return { ok: true, id };
    return { ok: false, faults: problems.map((one) => ({ field: 'whole', problem: one })) };
  }
}

/** What was meant is gone: another edit was faster. */
function missing(): Edited {
  return refused('model_line_missing');
}

function refused(
  code: 'model_line_used' | 'model_section_used' | 'model_last_section' | 'model_line_missing',
  args: Readonly<Record<string, number>> = {},
): Edited {
  return { ok: false, faults: [{ field: 'whole', problem: problem(code, {}, args) }] };
}
