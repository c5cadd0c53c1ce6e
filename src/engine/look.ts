/** What every stage of the engine makes of one line, as text for developers (`npm run look`). */
import { isFailure, isMissing, type Value } from '#quantity';
import { listPeriods, type Plan, type Scenario } from '#plan';
import { printExpression, type Expression } from '#formula';
import { buildCompiler, type Compiler } from './code/compile.ts';
import { indented, printAt, printCode, printTree } from './code/print-code.ts';
import { explainCell, type Explained } from './derivation/derivation.ts';
import { inNumbers } from './derivation/in-numbers.ts';
import { printLineCode } from './emit/line-module.ts';
import { printPlace } from './order/print-place.ts';
import { layersOf, type Rule } from './resolve/resolve.ts';
import { Calculation } from './run/calculation.ts';

/** A cell is followed through so many others at most. */
const MAX_CELLS = 60;

/**
 * Prints a line, stage by stage; without a period the derivation is that of the last one.
 *
 * Fails: throws on a line that is not there.
 */
export function lookAt(plan: Plan, scenario: Scenario, line: string, period = plan.periods.last): string {
  const compiler = buildCompiler(plan);
  const number = compiler.numberOf(line);
  const layers = layersOf(scenario, plan.scenarios);
  const calculation = Calculation.of(plan, compiler, layers);
  const nameOf = (one: number) => plan.lines[one]?.id ?? '';
  const { formula, unit } = plan.lines[number] as Plan['lines'][number];
  const compiled = formula === undefined ? undefined : compiler.compile(line, formula);
  const rows = [`${line} · line ${number} · unit ${unit === '' ? 'none' : unit}`];
  const section = (title: string, content: readonly string[]) =>
    rows.push('', title, ...content.map(indented));

  section('formula', [formula ?? 'none']);
  if (compiled?.fault) section('fault', [`${compiled.fault.code} ${compiled.fault.reason}`]);
  if (compiled?.formula) section('expression', printTree(compiled.formula.expression));
  if (compiled?.code) {
    section('instructions', printCode(compiled.code, nameOf));
    section(
      'compiled',
      printLineCode(number, compiled.code, { layout: compiler.layout, firstPeriod: plan.periods.first }),
    );
  }
  section('order', [
    ...printPlace(calculation.steps, number, nameOf),
    `reads ${listed(readsOf(compiler, plan, number), nameOf)}`,
    `is read by ${listed(
      plan.lines.flatMap((_, other) =>
        readsOf(compiler, plan, other).some((one) => one.line === number) ? [{ line: other, at: '' }] : [],
      ),
      nameOf,
    )}`,
  ]);
  section(
    'rules',
    printRules(plan, (at) => calculation.rule(line, at)),
  );
  section(`derivation of ${period}`, printDerivation({ plan, calculation, layers }, compiler, line, period));
  return rows.join('\n');
}

interface Read {
  readonly line: number;
  readonly at: string;
}

function readsOf(compiler: Compiler, { lines }: Plan, number: number): Read[] {
  const { id, formula } = lines[number] as Plan['lines'][number];
  const code = formula === undefined ? undefined : compiler.compile(id, formula).code;
  return (code?.dependencies ?? []).map(({ line, first, last }) => {
    const [from, to] = [printAt(first), printAt(last)];
    return { line, at: from === to ? `[${from}]` : `[${from}:${to}]` };
  });
}

function listed(reads: readonly Read[], nameOf: (line: number) => string): string {
  return reads.length === 0 ? 'nothing' : reads.map(({ line, at }) => nameOf(line) + at).join(', ');
}

/** What decides the cells, periods that are decided alike in one row. */
function printRules(plan: Plan, ruleAt: (period: number) => Rule | undefined): string[] {
  const rows: { from: number; to: number; text: string }[] = [];
  for (const period of listPeriods(plan.periods)) {
    const text = printRule(ruleAt(period));
    const last = rows.at(-1);
    if (last?.text === text) last.to = period;
    else rows.push({ from: period, to: period, text });
  }
  return rows.map(({ from, to, text }) => `${from === to ? from : `${from}–${to}`}  ${text}`);
}

function printRule(rule: Rule | undefined): string {
  if (!rule) return 'nothing';
  const { base } = rule;
  const said = 'scenario' in base && base.scenario !== undefined ? ` of ${base.scenario}` : '';
  const text = base.kind === 'formula' ? ` ${base.text}` : 'value' in base ? ` ${base.value}` : '';
  const then = rule.transforms.map(({ kind, by, scenario }) => `, then ${kind} ${by} of ${scenario}`);
  return base.kind + said + text + then.join('');
}

/** A cell with its formula, in names and in numbers, and below it the cells that it is made of, down to figures. */
function printDerivation(explained: Explained, compiler: Compiler, line: string, period: number): string[] {
  const { names } = compiler;
  const print = (expression: Expression) => printExpression(expression, { names, language: 'id' });
  const seen = new Set<string>();
  const follow = (id: string, at: number): string[] => {
    const key = `${id} ${at}`;
    const { value, rule, expression, inputs } = explainCell(explained, id, at);
    const head = `${key} = ${printValue(value)}`;
    if (!expression) return [`${head}  (${printRule(rule)})`];
    if (seen.has(key)) return [`${head}  (above)`];
    if (seen.size >= MAX_CELLS) return [`${head}  (not followed)`];
    seen.add(key);
    const valueText = (one: string, when: number) => printValue(explained.calculation.value(one, when));
    return [
      head,
      `  = ${print(expression)}`,
      `  = ${print(inNumbers(expression, at, explained.plan.periods, valueText))}`,
      ...(rule.transforms.length > 0 ? [`  (${printRule(rule)})`] : []),
      ...inputs
        .filter(({ isOutside }) => !isOutside)
        .flatMap((one) => follow(one.line, one.period))
        .map(indented),
    ];
  };
  return follow(line, period);
}

function printValue(value: Value): string {
  if (isMissing(value)) return 'missing';
  return isFailure(value) ? `${value.code} ${value.reason}` : String(value);
}
