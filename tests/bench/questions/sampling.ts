/** 100,000 samples with their drawing, their quantiles and the probability of targets: against Squiggle on a like model. */
import { buildEngine, finish } from '#engine';
import { PERCENTILES, analysisJobs } from '#analysis';
import type { Target } from '#plan';
import { readWorkPlan } from '../contenders/ours.ts';
import { lineId, toPlanDocument } from '../plan-document.ts';
import { runSquiggle, toSquiggle, type Uncertain } from '../contenders/squiggle.ts';
import { median } from '../measure.ts';
import { agreementOf, cellOf, layOut, ratioOf } from '../table.ts';
import { SHAPES, buildWorkload, type Shape } from '../workloads.ts';
import type { Question } from './question.ts';

const RUNS = 5;
const ASKED = 20;

function uncertain(): Uncertain {
  const workload = buildWorkload('sampled', SHAPES.sampled as Shape);
  const engine = buildEngine(readWorkPlan(toPlanDocument(workload)));
  const calculation = engine.calculate(engine.plan.scenarios[0] as (typeof engine.plan.scenarios)[number]);
  const asked = Array.from({ length: ASKED }, (_, order) => {
    const line = workload.lines.length - 1 - order;
    return { line, atLeast: Number(calculation.value(lineId(line), engine.plan.periods.last)) };
  });
  return { workload, samples: 100_000, spread: 0.2, asked };
}

/** The same question as the app asks it: quantiles of the asked cells and the probability of a target on each. */
function runOurs({ workload, samples, spread, asked }: Uncertain): () => Float64Array<ArrayBuffer> {
  const engine = buildEngine(readWorkPlan(toPlanDocument(workload)));
  const { last } = engine.plan.periods;
  const distributions = Object.fromEntries(
    workload.lines
      .slice(0, workload.drivers)
      .map(({ first }, line) => [
        lineId(line),
        { kind: 'normal' as const, mean: first, sd: first * spread, course: 'once' as const },
      ]),
  );
  const scenario = { id: 'plan', name: { zh: '计划', en: 'Plan' }, distributions };
  const cells = asked.map(({ line }) => ({ line: lineId(line), period: last }));
  const targets = asked.map(({ line, atLeast }): Target => ({
    line: lineId(line),
    period: last,
    comparator: '>=',
    direction: 'atLeast',
    value: atLeast,
    asPrinted: String(atLeast),
    source: { text: 'generated' } as unknown as Target['source'],
  }));
  const places = [0.05, 0.5, 0.95].map((share) => PERCENTILES.findIndex((one) => one === share));
  return () => {
    const asking = { scenario, scenarios: [scenario], samples, method: 'random' as const, cells, targets };
    const found = finish(analysisJobs.uncertainty(engine, asking, { seed: 1 }));
    return Float64Array.from(
      found.cells.flatMap(({ spread: { figures } }, order) => [
        figures?.mean ?? NaN,
        ...places.map((place) => figures?.percentiles[place] ?? NaN),
        found.targets[order]?.met.share ?? NaN,
      ]),
    );
  };
}

export const samplingQuestion: Question = {
  name: 'sampling',
  contenders: ['ours', 'Squiggle'],
  // two draws of 100,000 samples each: what chance leaves between them
  agreement: 0.02,
  async run(who, tell) {
    const question = uncertain();
    const ours = who === 'ours' ? runOurs(question) : undefined;
    const text = toSquiggle(question);
    const times: number[] = [];
    let figures = new Float64Array();
    let spent = 0;
    while (times.length < RUNS && spent < 20_000) {
      const began = performance.now();
      figures = ours ? ours() : await runSquiggle(text, question.samples);
      times.push(performance.now() - began);
      spent += times.at(-1) as number;
    }
    tell.values('figures', figures);
    tell.number('samples', median(times));
    tell.number('samples, best', Math.min(...times));
  },
  print(outcomes, limitSeconds) {
    const ours = outcomes.find(({ who }) => who === 'ours');
    const rows = outcomes.map((outcome) => [
      outcome.who,
      cellOf(outcome, 'samples', limitSeconds),
      ratioOf(outcome, ours, 'samples'),
      agreementOf(outcome, this.agreement),
    ]);
    const head = ['ms', 'draw, calculate, quantiles, probabilities', '/ ours', 'agrees within 2 %'];
    return `100,000 samples of 121 lines in 7 periods with normal drivers, ${ASKED} cells asked\n${layOut([head, ...rows])}\n`;
  },
};
