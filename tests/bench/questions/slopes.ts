/** Derivatives of all targets by all drivers, against one evaluation of the same plan. */
import { readFileSync } from 'node:fs';
import { derivativesOf, buildEngine } from '#engine';
import { readWorkPlan } from '../contenders/ours.ts';
import { lineId, toPlanDocument } from '../plan-document.ts';
import { measure } from '../measure.ts';
import { cellOf, digits, layOut } from '../table.ts';
import { SHAPES, buildWorkload, type Shape } from '../workloads.ts';
import type { Question } from './question.ts';

const TEMPLATE = 'models/jian-2021-2025.plan.json';
/** Drivers for which one evaluation is counted. */
const DRIVERS_AT_ONCE = 8;
const WORKLOADS = ['plan', 'wide'];

/** The lines of a generated plan that stand for its targets: the last of every 40. */
const LINES_A_TARGET = 40;

function planOf(name: string) {
  if (name === 'template') return readWorkPlan(JSON.parse(readFileSync(TEMPLATE, 'utf8')));
  return readWorkPlan(toPlanDocument(buildWorkload(name, SHAPES[name] as Shape)));
}

export const slopesQuestion: Question = {
  name: 'slopes',
  contenders: ['template', ...WORKLOADS],
  agreement: 0,
  async run(who, tell) {
    const plan = planOf(who);
    const engine = buildEngine(plan);
    const [scenario] = plan.scenarios;
    if (!scenario) throw new Error(`${who} has no scenario`);
    const drivers = plan.lines.filter(({ kind }) => kind === 'driver').map(({ id }) => id);
    const outputs =
      plan.targets.length > 0
        ? plan.targets.map(({ line, period }) => ({ line, period }))
        : plan.lines.flatMap((_, line) =>
            line % LINES_A_TARGET === LINES_A_TARGET - 1
              ? [{ line: lineId(line), period: plan.periods.last }]
              : [],
          );
    const moves = drivers.map((line) => ({ line, effect: 'add' as const }));
    const calculation = engine.calculate(scenario);
    const evaluate = (run: number) =>
      void engine.revise(calculation, {
        ...scenario,
        changes: [
          ...(scenario.changes ?? []),
          ...drivers.map((line) => ({ line, add: 1e-6 * (1 + (run % 97)) })),
        ],
      });
    tell.number('drivers', drivers.length);
    tell.number('targets', outputs.length);
    tell.number('reference', measure(evaluate).median);
    calculation.runWith(engine.compileLinesNow());
    tell.number('compiled', measure(evaluate).median);
    const derivatives = derivativesOf(engine, scenario, { moves, outputs });
    tell.number('slopes', measure(() => void derivatives.at()).median);
    await Promise.resolve();
  },
  print(outcomes, limitSeconds) {
    const rows = outcomes.map((outcome) => {
      const { numbers } = outcome;
      const per = (evaluation: number | undefined) => {
        const groups = Math.ceil((numbers.drivers ?? NaN) / DRIVERS_AT_ONCE);
        const ratio = (numbers.slopes ?? NaN) / (groups * (evaluation ?? NaN));
        return Number.isNaN(ratio) ? '' : `${digits(ratio)} ×`;
      };
      return [
        outcome.who,
        ...['targets', 'drivers'].map((phase) => String(numbers[phase] ?? '')),
        ...['slopes', 'compiled', 'reference'].map((phase) => cellOf(outcome, phase, limitSeconds)),
        per(numbers.compiled),
        per(numbers.reference),
      ];
    });
    const head = [
      'slopes',
      'targets',
      'drivers',
      'all slopes',
      'one evaluation compiled',
      'reference',
      '8 drivers / compiled',
      '8 drivers / reference',
    ];
    return `Slopes of all targets by all drivers, ms\n${layOut([head, ...rows])}\n`;
  },
};
