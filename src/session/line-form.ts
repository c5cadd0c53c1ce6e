/** A line as a form: what its fields show, and what was written in them as a line of the plan. Pure. */
import { parseNumber, parseUnit, PLAIN, problem, type Unit } from '#quantity';
import { listPeriods, MAX_DECIMALS, type Figure, type Line, type Localized, type Plan } from '#plan';
import { buildNames, followNames, parseFormula, renameFormula } from '#formula';
import { amountText, bothLanguages, readAmount } from './form-texts.ts';
import { formulaInWords } from './formula-entry.ts';
import type { FieldFault, ModelField } from './model-problem.ts';

/** The fields of a line, as text. */
export interface LineForm {
  readonly name: Localized;
  readonly section: string;
  readonly unit: string;
  readonly kind: Line['kind'];
  readonly formula: string;
  readonly decimals: string;
  readonly min: string;
  readonly max: string;
  readonly step: string;
  /** By period; a period without a figure is absent or empty. */
  readonly figures: Readonly<Record<string, string>>;
  readonly note: Localized;
}

/** What a form is read with. */
export interface LineReading {
  readonly plan: Plan;
  /** The line that the form is about; undefined for a new one. */
  readonly before: Line | undefined;
  readonly id: string;
  readonly language: 'zh' | 'en';
  /** The note of a figure that was typed by hand. */
  readonly figureNote: Localized;
}

/** The form of a line that is there. */
export function lineForm(line: Line, plan: Plan, language: 'zh' | 'en'): LineForm {
  const unit = parseUnit(line.unit) ?? PLAIN;
  const context = { names: buildNames(plan.lines), periods: plan.periods };
  return {
    name: line.name,
    section: line.section,
    unit: line.unit,
    kind: line.kind,
    formula: line.formula === undefined ? '' : formulaInWords(line.formula, context, language),
    decimals: line.decimals === undefined ? '' : String(line.decimals),
    min: amountText(line.lever?.min, unit),
    max: amountText(line.lever?.max, unit),
    step: amountText(line.lever?.step, unit),
    figures: Object.fromEntries(
      (line.figures ?? []).map(({ period, value }) => [String(period), amountText(value, unit)]),
    ),
    note: line.note ?? { zh: '', en: '' },
  };
}

/** The form of a new line. */
export function emptyLineForm(section: string): LineForm {
  const nothing = { zh: '', en: '' };
  return {
    name: nothing,
    section,
    unit: '',
    kind: 'result',
    formula: '',
    decimals: '',
    min: '',
    max: '',
    step: '',
    figures: {},
    note: nothing,
  };
}

/** Reads a form: the line, or everything that is wrong with it. */
export function readLineForm(
  form: LineForm,
  reading: LineReading,
): { readonly line: Line } | { readonly faults: readonly FieldFault[] } {
  const { before, id } = reading;
  const faults: FieldFault[] = [];
  const refuse = (field: ModelField, one: FieldFault['problem']) => void faults.push({ field, problem: one });
  const name = bothLanguages(form.name);
  if (!name) refuse('name', problem('model_name_missing'));
  const unit = parseUnit(form.unit);
  if (!unit) refuse('unit', problem('plan_unknown_unit', {}, { unit: form.unit }));
  const decimals = form.decimals.trim() === '' ? undefined : parseNumber(form.decimals);
  const isCount = (value: unknown) =>
    value === undefined || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_DECIMALS);
  if (!isCount(decimals)) refuse('decimals', problem('model_decimals', {}, { most: MAX_DECIMALS }));
  const formula = readFormula(form, name ?? form.name, reading, refuse);
  const lever = form.kind === 'driver' ? readLever(form, unit ?? PLAIN, refuse) : undefined;
  const figures = readFigures(form, unit ?? PLAIN, reading, refuse);
  if (faults.length > 0 || !name || !unit) return { faults };
  const note = bothLanguages(form.note);
  const { drives, distribution, stated } = before ?? {};
  return {
    line: {
      id: before?.id ?? id,
      section: form.section,
      name,
      unit: unit.text,
      kind: form.kind,
      ...(formula !== undefined && { formula }),
      ...(typeof decimals === 'number' && { decimals }),
      ...(lever && { lever }),
      ...(drives !== undefined && { drives }),
      ...(distribution && { distribution }),
      ...((figures.length > 0 || before?.figures) && { figures }),
      ...(stated && { stated }),
      ...(note && { note }),
    },
  };
}

type Refuse = (field: ModelField, one: FieldFault['problem']) => void;

/** The formula with ids for names. A text that was not touched stays as the plan has it. */
function readFormula(
  { formula, kind }: LineForm,
  name: Localized,
  { plan, before, id, language }: LineReading,
  refuse: Refuse,
): string | undefined {
  const text = formula.trim();
  if (text === '' || kind === 'figure') {
    if (kind === 'result') refuse('formula', problem('model_formula_missing'));
    return undefined;
  }
  if (before?.formula !== undefined && text === lineForm(before, plan, language).formula)
    return before.formula;
  const own = { id: before?.id ?? id, name };
  const old = buildNames(plan.lines);
  const names = buildNames([...plan.lines.filter((line) => line.id !== own.id), own]);
  const context = { names, periods: plan.periods };
  const parsed = parseFormula(text, context);
  if (parsed.ok) return renameFormula(text, context, 'id');
  // the line may still be called by the name that is being changed
  if (parseFormula(text, { ...context, names: old }).ok) {
    const followed = followNames(text, old, names);
    return renameFormula(followed, context, 'id');
  }
  refuse('formula', parsed.problem);
  return undefined;
}

function readLever(form: LineForm, unit: Unit, refuse: Refuse): Line['lever'] {
  const texts = [form.min, form.max, form.step];
  if (texts.some((text) => text.trim() === '')) {
    refuse('lever', problem('model_lever_missing'));
    return undefined;
  }
  const [min, max, step] = texts.map((text) => readAmount(text, unit));
  for (const one of [min, max, step]) {
    if (typeof one !== 'number' && one) {
      refuse('lever', one);
      return undefined;
    }
  }
  if (typeof min !== 'number' || typeof max !== 'number' || typeof step !== 'number') return undefined;
  if (min >= max) refuse('lever', problem('model_lever_order'));
  else if (step <= 0 || step > max - min) refuse('lever', problem('model_step'));
  return { min, max, step };
}

/** Figures that were not touched stay with where they are printed; a number that was typed is noted as such. */
function readFigures(
  form: LineForm,
  unit: Unit,
  { plan, before, figureNote }: LineReading,
  refuse: Refuse,
): Figure[] {
  const known = new Map((before?.figures ?? []).map((figure) => [figure.period, figure]));
  const unitBefore = parseUnit(before?.unit ?? '') ?? PLAIN;
  return listPeriods(plan.periods).flatMap((period): Figure[] => {
    const text = (form.figures[String(period)] ?? '').trim();
    if (text === '') return [];
    const figure = known.get(period);
    if (figure && unit.shown === unitBefore.shown && text === amountText(figure.value, unit)) return [figure];
    const value = readAmount(text, unit);
    if (typeof value === 'number') return [{ period, value, origin: 'assumed', note: figureNote }];
    refuse('figures', value);
    return [];
  });
}
