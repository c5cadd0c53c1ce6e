/** The formula behind a cell as its reader wrote or would write it: names of lines in the reader's language. */
import { renameFormula } from '#formula';
import type { PlanSession } from './plan-session.svelte.ts';

/** The formula that decides a cell in the open scenario, with its `=`; undefined where no formula decides it. */
export function shownFormula(
  session: PlanSession,
  line: string,
  period: number,
  language: 'zh' | 'en',
): string | undefined {
  const base = session.rule(line, period)?.base;
  if (base?.kind !== 'formula') return undefined;
  const text = renameFormula(base.text, session.formulaContext(period), language);
  return text.trimStart().startsWith('=') ? text.trim() : `=${text.trim()}`;
}
