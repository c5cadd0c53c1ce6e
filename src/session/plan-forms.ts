/** Targets, sections and the head of a plan as forms: what their fields show, and what was written in them. Pure. */
import { parseNumber, parseUnit, PLAIN, problem } from '#quantity';
import {
  asName,
  hasPeriod,
  type Comparator,
  type Localized,
  type Plan,
  type PlanHead,
  type Target,
} from '#plan';
import { amountText, bothLanguages, readAmount } from './form-texts.ts';
import type { FieldFault, ModelField } from './model-problem.ts';

/** The fields of a target, as text. */
export interface TargetForm {
  readonly line: string;
  readonly period: string;
  readonly comparator: Comparator;
  readonly value: string;
  readonly upTo: string;
  readonly direction: Target['direction'];
  readonly nature: Target['nature'] | '';
  readonly asPrinted: string;
  /** Where it is printed, in words; a printed place in a table stays as it is. */
  readonly place: string;
}

/** The fields of what a plan is called and which years it spans. */
export interface HeadForm {
  readonly title: Localized;
  readonly place: Localized;
  readonly first: string;
  readonly base: string;
  readonly last: string;
}

type Read<T> = { readonly value: T } | { readonly faults: readonly FieldFault[] };

/** The form of a target that is there, or of a new one of a line in the last period. */
export function targetForm(target: Target | undefined, plan: Plan, line = ''): TargetForm {
  const unit = unitIn(plan, target?.line ?? line);
  return {
    line: target?.line ?? line,
    period: String(target?.period ?? plan.periods.last),
    comparator: target?.comparator ?? '>=',
    value: amountText(target?.value, unit),
    upTo: amountText(target?.upTo, unit),
    direction: target?.direction ?? 'atLeast',
    nature: target?.nature ?? '',
    asPrinted: target?.asPrinted ?? '',
    place: target && 'section' in target.source ? target.source.section : '',
  };
}

function unitIn(plan: Plan, id: string) {
  return parseUnit(plan.lines.find((line) => line.id === id)?.unit ?? '') ?? PLAIN;
}

/** Reads a form: the target, or everything that is wrong with it. */
export function readTargetForm(form: TargetForm, plan: Plan, before: Target | undefined): Read<Target> {
  const faults: FieldFault[] = [];
  const refuse = (field: ModelField, one: FieldFault['problem']) => void faults.push({ field, problem: one });
  const line = plan.lines.find(({ id }) => id === form.line);
  if (!line) refuse('line', problem('model_line_missing'));
  const unit = unitIn(plan, form.line);
  const period = parseNumber(form.period);
  if (typeof period !== 'number' || !hasPeriod(plan.periods, period))
    refuse('period', problem('plan_period_outside', {}, { period: form.period }));
  const value = readAmount(form.value, unit);
  if (typeof value !== 'number') refuse('value', value);
  const upTo = form.comparator === 'range' ? readAmount(form.upTo, unit) : undefined;
  if (upTo !== undefined && typeof upTo !== 'number') refuse('upTo', upTo);
  if (typeof upTo === 'number' && typeof value === 'number' && upTo <= value)
    refuse('upTo', problem('model_range_end'));
  if (faults.length > 0 || typeof value !== 'number' || typeof period !== 'number') return { faults };
  const { tolerance, precision, also, note } = before ?? {};
  const printed = asName(form.asPrinted).trim() || `${amountText(value, unit)}${unit.text}`;
  const place = asName(form.place).trim() || plan.source.title;
  return {
    value: {
      line: form.line,
      period,
      comparator: form.comparator,
      value,
      ...(typeof upTo === 'number' && { upTo }),
      ...(form.nature !== '' && form.nature !== undefined && { nature: form.nature }),
      asPrinted: asName(printed),
      source: before && 'table' in before.source ? before.source : { section: asName(place) },
      direction: form.direction,
      ...(tolerance !== undefined && { tolerance }),
      ...(precision !== undefined && { precision }),
      ...(also && { also }),
      ...(note && { note }),
    },
  };
}

/** The form of a plan's head. */
export function headForm({ title, place, periods }: PlanHead): HeadForm {
  const { first, base, last } = periods;
  return { title, place, first: String(first), base: String(base), last: String(last) };
}

/** Reads a form: what the plan is called and its years, or everything that is wrong with them. */
export function readHeadForm(form: HeadForm): Read<PlanHead> {
  const faults: FieldFault[] = [];
  const title = bothLanguages(form.title);
  const place = bothLanguages(form.place) ?? title;
  if (!title || !place) faults.push({ field: 'name', problem: problem('model_name_missing') });
  const [first, base, last] = [form.first, form.base, form.last].map((text) => {
    const year = parseNumber(text);
    const isYear = typeof year === 'number' && Number.isInteger(year) && year >= 1000 && year <= 9999;
    if (!isYear) faults.push({ field: 'years', problem: problem('model_year', {}, { text }) });
    return isYear ? year : NaN;
  }) as [number, number, number];
  // comparisons with what is no year are false, and that has been said
  if (first > base || base > last) faults.push({ field: 'years', problem: problem('model_years_order') });
  if (faults.length > 0 || !title || !place) return { faults };
  return { value: { title, place, periods: { unit: 'year', first, last, base } } };
}
