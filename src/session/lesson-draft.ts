/** A lesson as the fields of a form have it, where everything is text; to the document and back. */
import { LESSON_FORMAT, type Lesson } from '#plan';
import { cellsOf, cellsText, conditionOf, conditionText, idsOf, idsText } from './lesson-conditions.ts';

/** A text in both languages. */
export interface BothTexts {
  readonly zh: string;
  readonly en: string;
}

/** The kinds of steps. */
export const STEP_KINDS = ['read', 'predict', 'task', 'find'] as const;
/** The views that a step can show; empty is none. */
export const STEP_VIEWS = ['', 'figures', 'chart', 'board', 'map', 'audit', 'explain'] as const;
/** What can be guessed. */
export const GUESS_KINDS = ['number', 'formula', 'curve'] as const;

/** A step as it is written: every field is text. Lists have an item a line. */
export interface StepDraft {
  readonly id: string;
  readonly kind: (typeof STEP_KINDS)[number];
  readonly title: BothTexts;
  readonly story: BothTexts;
  readonly drivers: BothTexts;
  readonly formulas: BothTexts;
  readonly after: BothTexts;
  readonly view: (typeof STEP_VIEWS)[number];
  /** Ids of lines; before them a cell, `line 2025`. */
  readonly shown: string;
  /** Whether the earlier changes of the lesson are taken back first. */
  readonly afresh: boolean;
  /** `line`, or `line min max`. */
  readonly levers: string;
  /** `line = value`, `line 2022 + value`, `line 2021-2023 * value`, `line ^ growth`, `line ~ formula`. */
  readonly changes: string;
  readonly reveal: string;
  readonly guess: (typeof GUESS_KINDS)[number];
  readonly guessLine: string;
  readonly from: string;
  readonly to: string;
  readonly formula: string;
  readonly unit: string;
  readonly decimals: string;
  /** A formula, then `|`, what to say in Chinese, `|`, in English. */
  readonly mistakes: string;
  /** A percent. */
  readonly within: string;
  readonly success: string;
  /** Formulas of which one is enough. */
  readonly any: string;
  /** `line period`. */
  readonly met: string;
  readonly missed: string;
  /** Ids of lines; `-` is none at all. */
  readonly onlyMoved: string;
  readonly solution: string;
  /** `line` or `line period`, then `|`, what to say in Chinese, `|`, in English. */
  readonly faults: string;
  /** A condition (`lesson-conditions.ts`) or nothing, then `|`, the hint in Chinese, `|`, in English. */
  readonly hints: string;
}

/** The head of a lesson as it is written. */
export interface LessonHeadDraft {
  readonly id: string;
  readonly title: BothTexts;
  readonly summary: BothTexts;
  readonly minutes: string;
  readonly scenario: string;
}

/** Nothing in either language. */
const NO_TEXT: BothTexts = { zh: '', en: '' };

/** The head of a lesson with nothing in it but what a form begins with. */
export const NO_HEAD: LessonHeadDraft = {
  id: 'my-lesson',
  title: NO_TEXT,
  summary: NO_TEXT,
  minutes: '10',
  scenario: '',
};

/** A step with nothing in it. */
export function emptyStep(id: string): StepDraft {
  return {
    id,
    kind: 'read',
    title: NO_TEXT,
    story: NO_TEXT,
    drivers: NO_TEXT,
    formulas: NO_TEXT,
    after: NO_TEXT,
    view: '',
    shown: '',
    afresh: false,
    levers: '',
    changes: '',
    reveal: '',
    guess: 'number',
    guessLine: '',
    from: '',
    to: '',
    formula: '',
    unit: '',
    decimals: '',
    mistakes: '',
    within: '2',
    success: '',
    any: '',
    met: '',
    missed: '',
    onlyMoved: '',
    solution: '',
    faults: '',
    hints: '',
  };
}

// from the form to the document

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,，、]+/).filter((word) => word !== '');
}

/** A number, a percent as its fraction; what is no number stays text, so that reading names its place. */
function numberOf(text: string | undefined): number | string | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const isPercent = /[%％]$/.test(text.trim());
  const value = Number(text.trim().replace(/[%％]$/, ''));
  if (!Number.isFinite(value)) return text;
  return isPercent ? Number((value / 100).toPrecision(12)) : value;
}

function optionalText({ zh, en }: BothTexts): BothTexts | undefined {
  return zh === '' && en === '' ? undefined : { zh, en };
}

function changesOf(text: string): unknown[] | undefined {
  const changes = linesOf(text).map((line) => {
    const match = /^(\S+)(?:\s+(\d{4})(?:-(\d{4}))?)?\s*([=+*^~])\s*(.+)$/.exec(line);
    if (!match) return { line };
    const [, id, from, to, sign = '=', value] = match;
    const span = {
      ...(from && { from: Number(from) }),
      ...(to ? { to: Number(to) } : from && { to: Number(from) }),
    };
    const verb = { '=': 'set', '+': 'add', '*': 'scale', '^': 'growth', '~': 'formula' }[sign] ?? 'set';
    return { line: id, ...span, [verb]: verb === 'formula' ? value : numberOf(value) };
  });
  return changes.length > 0 ? changes : undefined;
}

function partsOf(text: string): [string, string, string][] {
  return linesOf(text).map((line) => {
    const [first = '', zh = '', en = ''] = line.split('|').map((part) => part.trim());
    return [first, zh, en];
  });
}

/** The document that the fields make, unchecked. */
export function documentOf(plan: string, head: LessonHeadDraft, steps: readonly StepDraft[]): unknown {
  return {
    format: LESSON_FORMAT,
    id: head.id,
    plan,
    title: head.title,
    summary: head.summary,
    minutes: numberOf(head.minutes) ?? head.minutes,
    ...(head.scenario !== '' && { scenario: head.scenario }),
    steps: steps.map(stepOf),
  };
}

function stepOf(draft: StepDraft): unknown {
  const { id, kind, title, story, view, shown } = draft;
  // a year behind the first line makes a cell of the two; no line has a year's name
  const [, line, period, rest = ''] = /^(\S+)\s+(\d{4})(?:\s+(.*))?$/.exec(shown.trim()) ?? [];
  const lines = wordsOf(line === undefined ? shown : rest);
  const show = {
    view,
    ...(line !== undefined && { cell: { line, period: Number(period) } }),
    ...(lines.length > 0 && { lines }),
  };
  const levers = linesOf(draft.levers).map((text) => {
    const [line, min, max] = wordsOf(text);
    return withoutMissing({ line, min: numberOf(min), max: numberOf(max) });
  });
  const hints = partsOf(draft.hints).map(([when, zh, en]) =>
    withoutMissing({ when: conditionOf(when), text: { zh, en } }),
  );
  return withoutMissing({
    kind,
    id,
    title,
    story,
    drivers: optionalText(draft.drivers),
    formulas: optionalText(draft.formulas),
    show: view === '' ? undefined : show,
    levers: levers.length > 0 ? levers : undefined,
    afresh: draft.afresh ? true : undefined,
    changes: changesOf(draft.changes),
    hints: hints.length > 0 ? hints : undefined,
    after: optionalText(draft.after),
    ...ownPartsOf(draft),
  });
}

function ownPartsOf(draft: StepDraft): object {
  switch (draft.kind) {
    case 'read':
      return {};
    case 'predict': {
      const mistakes = partsOf(draft.mistakes).map(([formula, zh, en]) => ({ formula, text: { zh, en } }));
      return withoutMissing({
        guess: guessOf(draft),
        within: Number(draft.within) / 100,
        reveal: changesOf(draft.reveal),
        mistakes: mistakes.length > 0 ? mistakes : undefined,
      });
    }
    case 'task': {
      const [met, missed, any] = [cellsOf(draft.met), cellsOf(draft.missed), linesOf(draft.any)];
      const success = withoutMissing({
        formula: draft.success === '' ? undefined : draft.success,
        any: any.length > 0 ? any : undefined,
        met: met.length > 0 ? met : undefined,
        missed: missed.length > 0 ? missed : undefined,
        onlyMoved: draft.onlyMoved.trim() === '' ? undefined : idsOf(draft.onlyMoved),
      });
      return withoutMissing({ success, solution: changesOf(draft.solution) });
    }
    case 'find':
      return {
        faults: partsOf(draft.faults).map(([place, zh, en]) => {
          const [line, period] = wordsOf(place);
          return withoutMissing({ line, period: numberOf(period), explain: { zh, en } });
        }),
      };
  }
}

function guessOf({ guess, guessLine, from, to, formula, unit, decimals }: StepDraft): object {
  if (guess === 'formula') return withoutMissing({ of: guess, formula, unit, decimals: numberOf(decimals) });
  if (guess === 'number') return { of: guess, line: guessLine, period: numberOf(to) };
  return { of: guess, line: guessLine, from: numberOf(from), to: numberOf(to) };
}

function withoutMissing(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

// from the document to the form

/** The fields of a lesson's head. */
export function headOf({ id, title, summary, minutes, scenario = '' }: Lesson): LessonHeadDraft {
  return { id, title, summary, minutes: String(minutes), scenario };
}

function changesText(changes: Lesson['steps'][number]['changes']): string {
  return (changes ?? [])
    .map((change) => {
      const { line, from, to } = change;
      const span = from === undefined ? '' : from === to ? ` ${from}` : ` ${from}-${to ?? ''}`;
      if ('set' in change) return `${line}${span} = ${change.set}`;
      if ('add' in change) return `${line}${span} + ${change.add}`;
      if ('scale' in change) return `${line}${span} * ${change.scale}`;
      if ('growth' in change) return `${line}${span} ^ ${change.growth}`;
      return `${line}${span} ~ ${change.formula}`;
    })
    .join('\n');
}

/** The fields of a step. */
export function draftOf(step: Lesson['steps'][number]): StepDraft {
  const { show } = step;
  const draft: StepDraft = {
    ...emptyStep(step.id),
    kind: step.kind,
    title: step.title,
    story: step.story,
    drivers: step.drivers ?? NO_TEXT,
    formulas: step.formulas ?? NO_TEXT,
    after: step.after ?? NO_TEXT,
    view: show?.view ?? '',
    shown: [...(show?.cell ? [show.cell.line, show.cell.period] : []), ...(show?.lines ?? [])].join(' '),
    levers: (step.levers ?? [])
      .map(({ line, min, max }) => [line, min, max].filter((part) => part !== undefined).join(' '))
      .join('\n'),
    afresh: step.afresh === true,
    changes: changesText(step.changes),
    hints: (step.hints ?? [])
      .map(({ when, text }) => `${when ? conditionText(when) : ''} | ${text.zh} | ${text.en}`)
      .join('\n'),
  };
  switch (step.kind) {
    case 'read':
      return draft;
    case 'predict': {
      const { guess } = step;
      const asked =
        guess.of === 'formula'
          ? { formula: guess.formula, unit: guess.unit, decimals: String(guess.decimals ?? '') }
          : guess.of === 'number'
            ? { guessLine: guess.line, to: String(guess.period) }
            : { guessLine: guess.line, from: String(guess.from), to: String(guess.to) };
      const within = String(Number((step.within * 100).toPrecision(12)));
      const mistakes = (step.mistakes ?? [])
        .map(({ formula, text }) => `${formula} | ${text.zh} | ${text.en}`)
        .join('\n');
      return { ...draft, ...asked, guess: guess.of, within, mistakes, reveal: changesText(step.reveal) };
    }
    case 'task':
      return {
        ...draft,
        success: step.success.formula ?? '',
        any: (step.success.any ?? []).join('\n'),
        met: cellsText(step.success.met ?? []),
        missed: cellsText(step.success.missed ?? []),
        onlyMoved: step.success.onlyMoved ? idsText(step.success.onlyMoved) : '',
        solution: changesText(step.solution),
      };
    case 'find':
      return {
        ...draft,
        faults: step.faults
          .map(
            ({ line, period, explain }) =>
              `${line}${period === undefined ? '' : ` ${period}`} | ${explain.zh} | ${explain.en}`,
          )
          .join('\n'),
      };
  }
}
