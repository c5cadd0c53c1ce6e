/** What a statement of a scenario says, in a few words: a level, `+2`, `×1.1`, `+3% a year`, a formula. */
import { statementDistribution, formulaInWords, type PlanSession, type Statement } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { stepDecimals } from '../levers/lever-scale.ts';
import { amountsOf } from '../questions/amounts.ts';

const PERCENT = { text: '%', dimension: {}, scale: 1, shown: 100 } as const;
const PLAIN = { text: '', dimension: {}, scale: 1, shown: 1 } as const;

/** Writes a span of years. */
export function yearsText(from: number, to: number): string {
  return from === to ? String(from) : `${from}–${to}`;
}

/** Writes what a statement says, without its line and years. */
export function statementText(session: PlanSession, context: AppContext, statement: Statement): string {
  const { says } = statement;
  const line = session.line(statement.line);
  const unit = session.engine.unitOf(statement.line);
  const { words, language } = context;
  const decimals = line?.decimals ?? (line?.lever && stepDecimals(line.lever.step, unit.shown));
  const amounts = amountsOf(context, unit, decimals);
  switch (says.kind) {
    case 'set':
      return amounts.levelInUnit(says.number);
    case 'actual':
      return words.say('scenario_says_actual', { value: amounts.levelInUnit(says.number) });
    case 'add':
      return amountsOf(context, unit, undefined).changeInUnit(says.number);
    case 'scale':
      return `×${context.number(says.number, PLAIN)}`;
    case 'growth':
      return words.say('scenario_says_growth', {
        growth: context.number(says.number, PERCENT, { signed: true }),
      });
    case 'formula': {
      const text = formulaInWords(says.text, session.formulaContext(statement.from), language);
      return text.trimStart().startsWith('=') ? text : `=${text}`;
    }
    case 'distribution':
      return statementDistribution(session, statement.line, says.distribution, language);
  }
}
