/** Every shipped lesson: it reads, it can be done, its hints can be met, and every number in its text is the model's. */
import { describe, expect, it } from 'vitest';
import { isNumber, roundTo } from '#quantity';
import type { Change, Lesson, LessonStep, Localized, Plan } from '#plan';
import { buildEngine, type Calculation, type Engine } from '#engine';
import {
  checkPredicate,
  findMistake,
  guessTruth,
  judgeGuess,
  judgePoint,
  pickHint,
  rehearse,
  stepScenario,
  type StepMoment,
} from '#analysis';
import { lessonFiles, loadLesson, loadLessonChecks, loadPlan, planIds, type LessonFact } from '#tests/plans';

it('has at least two lessons for every plan, and one that introduces the tool', () => {
  const counts = planIds.map((id) => lessonFiles.filter((file) => file.startsWith(`${id}.`)).length);
  expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
  expect(lessonFiles).toContain('lishui-2021-2025.first-steps');
});

/** Every text of a lesson with its path. */
function textsOf(value: unknown, path = ''): { path: string; text: Localized }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('zh' in value && 'en' in value) return [{ path, text: value as Localized }];
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, `${path}.${key}`));
}

/** The numerals of a text, years of the plan and steps of an exponent left out. */
function numeralsOf(text: string, { periods }: Plan): string[] {
  return [...text.matchAll(/\d+(?:\.\d+)?/g)]
    .map(([numeral]) => numeral)
    .filter((numeral) => !(/^\d{4}$/.test(numeral) && Number(numeral) >= periods.first && Number(numeral) <= periods.last));
}

const sorted = (all: readonly string[]) => [...new Set(all)].toSorted();

/** The number that a fact is about, in the unit in which the text says it. */
function worthOf(engine: Engine, calculationOf: (fact: LessonFact) => Calculation, fact: LessonFact): number[] {
  const scale = fact.unit === '%' ? 100 : 1;
  const [kind, line] = fact.formula.split(':');
  const { plan } = engine;
  if (kind === 'stated') return (plan.lines.find(({ id }) => id === line)?.stated ?? []).map(({ value }) => value * scale);
  if (kind === 'target')
    return plan.targets.filter((one) => one.line === line).flatMap((one) => [one.value, one.upTo ?? one.value]).map((value) => value * scale);
  const context = { names: engine.names, periods: plan.periods };
  const { value } = calculationOf(fact).evaluate(fact.formula, plan.periods.last, context);
  return isNumber(value) ? [value * scale] : [];
}

const decimalsOf = (numeral: string) => numeral.split('.')[1]?.length ?? 0;

describe.each(lessonFiles)('%s', (file) => {
  const [planId = ''] = file.split('.');
  const plan = loadPlan(planId);
  const engine = buildEngine(plan);
  const lesson: Lesson = loadLesson(file, plan);
  const checks = loadLessonChecks(file);
  const known = new Map<string, Calculation>();
  const calculate = (index: number, moment: StepMoment = 'start', extra: readonly Change[] = []) => {
    const scenario = stepScenario(lesson, index, moment, 'lesson_test');
    const all = { ...scenario, changes: [...(scenario.changes ?? []), ...extra] };
    const key = JSON.stringify(all);
    const calculation = known.get(key) ?? engine.calculate(all, plan.scenarios);
    known.set(key, calculation);
    return calculation;
  };
  const indexOf = (id: string) => {
    const index = lesson.steps.findIndex((step) => step.id === id);
    if (index < 0) throw new Error(`no step ${id}`);
    return index;
  };
  const stepOf = <Kind extends LessonStep['kind']>(id: string, kind: Kind) => {
    const step = lesson.steps[indexOf(id)];
    if (step?.kind !== kind) throw new Error(`${id} is no ${kind} step`);
    return step as Extract<LessonStep, { kind: Kind }>;
  };
  const stepsOf = <Kind extends LessonStep['kind']>(kind: Kind) =>
    lesson.steps.filter((step): step is Extract<LessonStep, { kind: Kind }> => step.kind === kind);

  it('is called as its file is', () => {
    expect(`${lesson.plan}.${lesson.id}`).toBe(file);
  });

  it('can be done: rehearsing it finds nothing wrong', () => {
    expect(rehearse(engine, lesson)).toEqual([]);
  });

  it('says the same numbers in both languages, and each is one of its facts', () => {
    const says = new Set([...checks.facts.map((fact) => fact.says), ...checks.plain]);
    const differing: unknown[] = [];
    const loose: unknown[] = [];
    for (const { path, text } of textsOf(lesson)) {
      const [zh, en] = [sorted(numeralsOf(text.zh, plan)), sorted(numeralsOf(text.en, plan))];
      if (zh.join(' ') !== en.join(' ')) differing.push({ path, zh, en });
      loose.push(...zh.filter((numeral) => !says.has(numeral)).map((numeral) => ({ path, numeral })));
    }
    expect({ differing, loose }).toEqual({ differing: [], loose: [] });
  });

  it('has no fact that its text does not say', () => {
    const said = new Set(textsOf(lesson).flatMap(({ text }) => numeralsOf(text.zh, plan)));
    expect(checks.facts.filter(({ says }) => !said.has(says))).toEqual([]);
  });

  it('says what the model says', () => {
    const calculationOf = ({ step, moment }: LessonFact) =>
      step === undefined ? engine.calculate(beginning(lesson), plan.scenarios) : calculate(indexOf(step), moment);
    const wrong = checks.facts
      .map((fact) => ({ ...fact, worth: worthOf(engine, calculationOf, fact) }))
      .filter(({ says, worth }) => !worth.some((one) => roundTo(one, decimalsOf(says)) === Number(says)));
    expect(wrong).toEqual([]);
  });

  it('asks to predict what arithmetic on paper gives', () => {
    expect(Object.keys(checks.answers)).toEqual(stepsOf('predict').map(({ id }) => id));
    for (const [id, { equals, decimals, percent, because }] of Object.entries(checks.answers)) {
      const { guess, within } = stepOf(id, 'predict');
      const truth = guessTruth(engine, calculate(indexOf(id), 'revealed'), guess);
      const values = truth.points.map(({ value }) => (isNumber(value) ? roundTo(value * (percent ? 100 : 1), decimals) : value));
      expect(values, because).toEqual(equals);
      const stored = equals.map((value) => value / (percent ? 100 : 1));
      expect(judgeGuess(truth, stored, within).answer, id).toBe('right');
      expect(judgeGuess(truth, stored.map((value) => value * (1 + 3 * within) + 1e-6), within)).toMatchObject({ answer: 'wrong', side: 'high' });
    }
  });

  it('knows the wrong ways to a number', () => {
    const withMistakes = stepsOf('predict').filter((step) => step.mistakes);
    expect(Object.keys(checks.mistakes)).toEqual(withMistakes.map(({ id }) => id));
    for (const step of withMistakes) {
      const index = indexOf(step.id);
      const truth = guessTruth(engine, calculate(index, 'revealed'), step.guess).points[0]?.value ?? null;
      const found = checks.mistakes[step.id]?.map((given) => findMistake(engine, calculate(index), step, given, truth));
      expect(found, step.id).toEqual(step.mistakes);
      expect(findMistake(engine, calculate(index), step, truth as number, truth), step.id).toBeUndefined();
    }
  });

  it('has a hint for every wrong move that it knows', () => {
    const hinted = stepsOf('task').filter((step) => step.hints);
    for (const step of hinted) {
      const index = indexOf(step.id);
      const moves = checks.wrong[step.id] ?? [];
      const met = moves.map(({ changes, hint }) => {
        const state = { engine, start: calculate(index), now: calculate(index, 'start', changes) };
        expect(checkPredicate(state, step.success).answer, `${step.id} ${hint}`).toBe('no');
        expect(pickHint(state, step.hints ?? [], 1), `${step.id} ${hint}`).toEqual(step.hints?.[hint]);
        return hint;
      });
      const conditional = (step.hints ?? []).flatMap(({ when }, number) => (when ? [number] : []));
      expect(met, step.id).toEqual(expect.arrayContaining(conditional));
    }
  });

  it('has faults that can be pointed at', () => {
    for (const step of stepsOf('find')) {
      step.faults.forEach(({ line, period }, fault) => {
        expect(judgePoint(step, { line, period })).toEqual({ hit: 'fault', fault });
      });
      const shown = step.show?.lines ?? [];
      expect(shown, step.id).toEqual(expect.arrayContaining(step.faults.map(({ line }) => line)));
      const innocent = shown.filter((line) => !step.faults.some((fault) => fault.line === line));
      expect(innocent.length, step.id).toBeGreaterThanOrEqual(1);
      for (const line of innocent) expect(judgePoint(step, { line })).toEqual({ hit: 'nothing' });
    }
  });
});

/** What a lesson begins from, before its first step. */
function beginning({ scenario, title }: Lesson) {
  return { id: 'lesson_test', name: title, ...(scenario !== undefined && { basedOn: scenario }) };
}
