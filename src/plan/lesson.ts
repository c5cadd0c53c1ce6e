/**
 * The lesson document: what a trainer shows step by step on one plan, and what a learner does there.
 *
 * It stands beside its plan. What it asks for is checked on the model, so that a lesson stays true when the plan's figures
 * are mended. Texts of three depths (story, drivers, formulas) are one lesson, not three.
 */
import * as v from 'valibot';
import { change, documentId, formula, id, localized, localizedName, number, period } from './schema.ts';

/** The format that this program writes; newer ones are refused. */
export const LESSON_FORMAT = 1;

const text = v.pipe(v.string(), v.maxLength(200));

/** Changes of a lesson mean what the same changes mean in a scenario; a later one of a line lies over an earlier one. */
const changes = v.pipe(v.array(change), v.maxLength(200));

/** A cell that carries a target of the plan. */
const targetCell = v.strictObject({ line: id, period });

/**
 * What must hold in the learner's scenario; of several parts all must. Formulas are conditions as a grid has them
 * (`green_loans[2025] >= 332`), read in the last period.
 */
const predicate = v.pipe(
  v.strictObject({
    formula: v.optional(formula),
    /** One of these is enough. */
    any: v.optional(v.pipe(v.array(formula), v.minLength(1), v.maxLength(20))),
    /** Targets that are met. */
    met: v.optional(v.pipe(v.array(targetCell), v.minLength(1), v.maxLength(100))),
    /** Targets that are missed. */
    missed: v.optional(v.pipe(v.array(targetCell), v.minLength(1), v.maxLength(100))),
    /** No other assumption than those of these lines differs from the beginning of the step. */
    onlyMoved: v.optional(v.array(id)),
  }),
  v.check((one) => Object.values(one).some((part) => part !== undefined), 'a predicate says something'),
);

/** Said when an answer is wrong: the first whose `when` holds; else those without `when`, one more with each try. */
const hint = v.strictObject({ when: v.optional(predicate), text: localized });

/** A lever that may be moved; its bounds are the lesson's own where they are given, else the plan's. */
const lever = v.strictObject({ line: id, min: v.optional(number), max: v.optional(number) });

/** What is on the screen beside the text. */
const show = v.strictObject({
  view: v.picklist(['figures', 'chart', 'board', 'map', 'audit', 'explain']),
  /** What the view is about: lines of the grid, chart, board or map; those whose findings the audit shows. */
  lines: v.optional(v.pipe(v.array(id), v.maxLength(60))),
  /** The cell that is explained. */
  cell: v.optional(v.strictObject({ line: id, period })),
});

const common = {
  id,
  title: localizedName,
  /** The same step at three depths; a depth that is absent shows the one before it. */
  story: localized,
  drivers: v.optional(localized),
  formulas: v.optional(localized),
  show: v.optional(show),
  /** Levers that are live in this step; absent is none. */
  levers: v.optional(v.pipe(v.array(lever), v.maxLength(60))),
  /** The lesson's earlier changes are taken back before this step's are made. */
  afresh: v.optional(v.literal(true)),
  /** Made when the step is reached, and kept in the steps that follow. */
  changes: v.optional(changes),
  hints: v.optional(v.pipe(v.array(hint), v.maxLength(20))),
  /** Said when the step is done. */
  after: v.optional(localized),
};

const guess = v.variant('of', [
  /** The value of a line in a period. */
  v.strictObject({ of: v.literal('number'), line: id, period }),
  /** What a formula gives in the last period. */
  v.strictObject({
    of: v.literal('formula'),
    formula,
    unit: text,
    decimals: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8))),
  }),
  /** The course of a line. */
  v.strictObject({ of: v.literal('curve'), line: id, from: period, to: period }),
]);

const step = v.variant('kind', [
  /** Something to read and see. */
  v.strictObject({ kind: v.literal('read'), ...common }),
  /** A number or a course is guessed before it is shown. */
  v.strictObject({
    kind: v.literal('predict'),
    ...common,
    guess,
    /** How far off still counts as right: a share of the true number, of the largest one for a course. */
    within: v.pipe(number, v.gtValue(0), v.maxValue(1)),
    /** Changes that are made once the guess is given; what is guessed is the value after them. */
    reveal: v.optional(changes),
    /** Wrong ways to a number: who guesses what the formula gives (before the reveal) is told where that way errs. */
    mistakes: v.optional(v.pipe(v.array(v.strictObject({ formula, text: localized })), v.maxLength(20))),
  }),
  /** The model is brought to where `success` holds. */
  v.strictObject({
    kind: v.literal('task'),
    ...common,
    success: predicate,
    /** One way that leads there, for the trainer; added to the beginning of the step. */
    solution: v.optional(changes),
  }),
  /** Faults, planted by `changes` or the plan's own, are found by pointing at a cell or a line of each. */
  v.strictObject({
    kind: v.literal('find'),
    ...common,
    faults: v.pipe(
      v.array(v.strictObject({ line: id, period: v.optional(period), explain: localized })),
      v.minLength(1),
      v.maxLength(20),
    ),
  }),
]);

export const lessonSchema = v.strictObject({
  $schema: v.optional(v.string()),
  format: v.literal(LESSON_FORMAT),
  id: documentId,
  /** The plan that it is about. */
  plan: documentId,
  title: localizedName,
  /** One sentence for the list of lessons. */
  summary: localized,
  minutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(480)),
  /** The scenario that the lesson begins from; absent is the plan as it is written. */
  scenario: v.optional(id),
  steps: v.pipe(v.array(step), v.minLength(1), v.maxLength(200)),
});

/** A whole lesson. */
export type Lesson = v.InferOutput<typeof lessonSchema>;
/** What a list of lessons shows of one. */
export interface LessonCover extends Pick<Lesson, 'id' | 'plan' | 'title' | 'summary' | 'minutes'> {
  /** How many steps it has. */
  readonly steps: number;
}
/** One step of it. */
export type LessonStep = v.InferOutput<typeof step>;
/** What must hold in the learner's scenario. */
export type LessonPredicate = v.InferOutput<typeof predicate>;
/** What is said when an answer is wrong. */
export type LessonHint = v.InferOutput<typeof hint>;
/** What is guessed. */
export type LessonGuess = v.InferOutput<typeof guess>;
/** A lever that is live in a step. */
export type LessonLever = v.InferOutput<typeof lever>;
/** What is on the screen beside a step's text. */
export type LessonShow = v.InferOutput<typeof show>;
