/** Answers of `calc` to questions as text: a sentence for the verdict, a row for each thing, columns apart by tabs. */
import { PLAIN, formatNumber, parseUnit, type Unit } from '#quantity';
import type { Distribution, Plan } from '#plan';
import { printDistribution } from '#analysis';
import { wordsIn, type Words } from '#words';
import type { ReportedAnalyses } from './calc-analysis.ts';
import type { ReportedBridge, ReportedComparison, ReportedInput, ReportedRule } from './calc-difference.ts';
import type { ReportedValue } from './calc-subject.ts';
import type { ReportedGoal } from './calc-wish.ts';
import { printAudit } from './calc-audit-text.ts';
import { printTornado, printUncertainty } from './calc-uncertainty-text.ts';
import { printSolve } from './calc-wish-text.ts';

const PERCENT: Unit = parseUnit('%') ?? PLAIN;

/** Differences of two numbers that agree to so many digits say nothing but how they were rounded. */
const ROUNDING = 1e-12;

/** Digits of a standard error. */
const ERROR_DIGITS = 2;

/** How a plan's lines and numbers are written in one language. */
export interface Pen {
  readonly words: Words;
  name(line: string): string;
  /** A value in the unit of a line. */
  number(line: string, value: ReportedValue): string;
  /** A difference in the unit of a line, of a percent in points; beside `scale` too small to be more than rounding it is 0. */
  change(line: string, value: ReportedValue, scale?: number): string;
  distribution(line: string, distribution: Distribution): string;
  plain(value: ReportedValue, unit?: Unit, signed?: boolean): string;
  /** A standard error with its sign: two digits tell how far a number is to be trusted, more of them nothing. */
  error(value: number, unit: Unit): string;
  unitOf(line: string): Unit;
}

/** Builds the pen of a plan. */
function buildPen(plan: Plan, language: 'zh' | 'en'): Pen {
  const words = wordsIn(language);
  const lines = new Map(plan.lines.map((line) => [line.id, line]));
  const plain: Pen['plain'] = (value, unit = PLAIN, signed = false) => {
    if (value === null) return words.say('calc_missing');
    if (typeof value !== 'number') return `${value.failure} ${value.reason}`;
    return formatNumber(value, { unit, language, signed });
  };
  const unitOf = (line: string) => parseUnit(lines.get(line)?.unit ?? '') ?? PLAIN;
  return {
    words,
    plain,
    name: (line) => lines.get(line)?.name[language] ?? line,
    number: (line, value) => plain(value, unitOf(line)),
    unitOf,
    error: (value, unit) => `± ${plain(Number(value.toPrecision(ERROR_DIGITS)), unit)}`,
    distribution: (line, distribution) =>
      printDistribution(distribution, { language, isPercent: unitOf(line).shown > 1 }),
    change(line, value, scale = 0) {
      if (typeof value !== 'number') return plain(value);
      const unit = unitOf(line);
      const seen = Math.abs(value) <= ROUNDING * Math.abs(scale) ? 0 : value;
      return unit.shown === 100
        ? `${plain(seen * unit.shown, PLAIN, true)} ${words.say('unit_point')}`
        : plain(seen, unit, true);
    },
  };
}

/** Everything that was asked, in the order compare, bridge, goal, solve, tornado, mc, audit. */
export function printAnalyses(
  report: ReportedAnalyses,
  plan: Plan,
  open: string,
  periods: readonly number[],
  language: 'zh' | 'en',
): string[] {
  const pen = buildPen(plan, language);
  const title = (id: string) => plan.scenarios.find((one) => one.id === id)?.name[language] ?? id;
  const parts = [
    ...(report.compare ?? []).map((one) => printComparison(pen, one, title, open, periods)),
    ...(report.bridge ? [printBridge(pen, report.bridge, title)] : []),
    ...(report.goal ? [printGoal(pen, report.goal)] : []),
    ...(report.solve ? [printSolve(pen, report.solve)] : []),
    ...(report.tornado ? [printTornado(pen, report.tornado)] : []),
    ...(report.mc ? [printUncertainty(pen, report.mc)] : []),
    ...(report.audit ? [printAudit(pen, report.audit)] : []),
  ];
  return parts.flatMap((rows, index) => (index === 0 ? rows : ['', ...rows]));
}

function printComparison(
  pen: Pen,
  comparison: ReportedComparison,
  title: (id: string) => string,
  open: string,
  periods: readonly number[],
): string[] {
  const { words } = pen;
  const head = words.say('calc_compare_head', {
    scenario: title(comparison.scenario),
    reference: title(open),
  });
  const rows = [head, ['', ...periods].join('\t')];
  let same = 0;
  for (const [line, { levels, differences, relative }] of Object.entries(comparison.lines)) {
    if (differences.every((one) => one === 0 || one === null)) {
      same += 1;
      continue;
    }
    rows.push([pen.name(line), ...levels.map((one) => pen.number(line, one))].join('\t'));
    rows.push([words.say('calc_difference'), ...differences.map((one) => pen.change(line, one))].join('\t'));
    rows.push(
      [words.say('calc_percent'), ...relative.map((one) => pen.plain(one, PERCENT, true))].join('\t'),
    );
  }
  if (same > 0) rows.push(words.say('calc_same_lines', { count: same }));
  rows.push(words.say(comparison.inputs.length > 0 ? 'calc_inputs_head' : 'calc_inputs_none'));
  return [...rows, ...comparison.inputs.flatMap((one) => printInput(pen, one))];
}

/** A row for each span in which the same two rules stand against each other. */
function printInput(pen: Pen, { line, spans, distribution, correlations = [] }: ReportedInput): string[] {
  const { words } = pen;
  const rows = spans.map(({ from, to, before, after }) => {
    const span = from === to ? String(from) : `${from}–${to}`;
    return [pen.name(line), span, printRule(pen, line, before), '→', printRule(pen, line, after)].join('\t');
  });
  const drawn = (one: Distribution | null) =>
    one === null ? words.say('calc_input_certain') : pen.distribution(line, one);
  const rank = (one: number | null) => (one === null ? words.say('calc_input_apart') : pen.plain(one));
  if (distribution) {
    const { before, after } = distribution;
    rows.push(
      [pen.name(line), words.say('calc_input_distribution'), drawn(before), '→', drawn(after)].join('\t'),
    );
  }
  for (const { with: other, before, after } of correlations) {
    const head = words.say('calc_input_correlation', { line: pen.name(other) });
    rows.push([pen.name(line), head, rank(before), '→', rank(after)].join('\t'));
  }
  return rows;
}

function printRule(pen: Pen, line: string, rule: ReportedRule): string {
  const { words } = pen;
  const value = pen.number(line, rule.value ?? null);
  const base = {
    override: () => value,
    actual: () => words.say('calc_rule_actual', { value }),
    figure: () => words.say('calc_rule_figure', { value }),
    formula: () => (rule.formula ?? '').replace(/^=/, ''),
    missing: () => words.say('calc_rule_missing'),
  }[rule.kind]();
  const text = rule.transforms.reduce((before, { kind, by }) => {
    if (kind === 'scale') return `(${before}) × ${pen.plain(by)}`;
    if (kind === 'add') return `${before} ${pen.change(line, by)}`;
    return words.say('calc_rule_growth', { value: pen.plain(by, PERCENT, true) });
  }, base);
  const isGrowth = rule.transforms.some(({ kind }) => kind === 'growth');
  return rule.kind === 'formula' && !isGrowth ? `=${text}` : text;
}

function printBridge(pen: Pen, bridge: ReportedBridge, title: (id: string) => string): string[] {
  const { words } = pen;
  const { line, period } = bridge;
  const ends = { line: pen.name(line), period, from: title(bridge.from), to: title(bridge.to) };
  if (bridge.kind === 'undefined') {
    const changed = bridge.changed.map((one) => pen.name(one)).join(', ') || '—';
    return [words.say('calc_bridge_undefined', { ...ends, changed, reason: pen.plain(bridge.value) })];
  }
  const { before, after, difference, items, rule } = bridge;
  const head = words.say('calc_bridge_head', {
    ...ends,
    before: pen.number(line, before),
    after: pen.number(line, after),
    difference: pen.change(line, difference, before),
  });
  const rows = items
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .map((item) => {
      if (!item.reaches) return [pen.name(item.line), words.say('calc_bridge_unreached')].join('\t');
      const error = item.standardError > 0 ? [pen.error(item.standardError, pen.unitOf(line))] : [];
      return [pen.name(item.line), pen.change(line, item.contribution, before), ...error].join('\t');
    });
  if (rule.orders === 1) return [head, ...rows, words.say('calc_bridge_single')];
  const key = rule.method === 'exact' ? 'calc_bridge_exact' : 'calc_bridge_sampled';
  return [head, ...rows, words.say(key, { orders: pen.plain(rule.orders) })];
}

function printGoal(pen: Pen, goal: ReportedGoal): string[] {
  const { words } = pen;
  const { line, period, driver } = goal;
  const level = (value: number) => pen.number(driver.line, value);
  const head = { line: pen.name(line), period, driver: pen.name(driver.line) };
  const bounds = { min: level(driver.min), max: level(driver.max) };
  switch (goal.kind) {
    case 'failed':
      return [words.say('calc_failed', { reason: pen.plain(goal.fault) })];
    case 'independent':
      return [
        words.say('calc_goal_independent', { ...head, ...bounds, value: pen.number(line, goal.value) }),
      ];
    case 'found': {
      const found = words.say('calc_goal_found', {
        ...head,
        value: pen.number(line, goal.value),
        level: level(goal.level),
        change: pen.change(driver.line, goal.shift, goal.present),
        present: level(goal.present),
      });
      const levels = goal.roots.map(({ from, to }) =>
        from === to ? level(from) : `${level(from)}–${level(to)}`,
      );
      const all = words.say('calc_goal_roots', { ...bounds, levels: levels.join(', ') });
      return [found, all, ...printGaps(pen, goal.gaps, level)];
    }
    case 'unreachable': {
      const { nearest, at } = goal;
      const ended = { level: level(nearest.level), value: pen.number(line, nearest.value) };
      return [
        words.say('calc_goal_unreachable', { ...head, ...bounds, wanted: pen.number(line, goal.wanted) }),
        words.say(`calc_goal_ends_${at}`, ended),
        ...printGaps(pen, goal.gaps, level),
      ];
    }
  }
}

function printGaps(
  pen: Pen,
  gaps: readonly { readonly from: number; readonly to: number; readonly fault: ReportedValue }[],
  level: (value: number) => string,
): string[] {
  return gaps.map(({ from, to, fault }) =>
    pen.words.say('calc_goal_gap', { from: level(from), to: level(to), reason: pen.plain(fault) }),
  );
}
