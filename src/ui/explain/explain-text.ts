/** The whole explanation as plain text, every cell unfolded once, for a report or a message. */
import { MAX_UNFOLDED, type ExplainedCell, type Explanation, type PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { explainWords } from './explain-words.ts';

const INDENT = '  ';

/** The text, and how many cells it unfolds. */
export function explainText(
  session: PlanSession,
  app: AppContext,
  explanation: Explanation,
): { readonly text: string; readonly cells: number } {
  const whole = explanation.whole();
  if (!whole) return { text: '', cells: 0 };
  const { words } = app;
  const say = explainWords(session, app, explanation.isExact);
  let cells = 0;
  const lines = (cell: ExplainedCell, depth: number): string[] => {
    const { derivation, input, state, parts } = cell;
    cells += 1;
    const here = INDENT.repeat(depth);
    const head = words.say('explain_cell_value', {
      line: say.nameOf(derivation.line),
      period: String(derivation.period),
      value: say.value(derivation),
    });
    if (input?.isOutside) return [`${here}${head} (${words.say('explain_outside')})`];
    const aside = [
      ...(input && !input.isRead ? [words.say('explain_not_read')] : []),
      ...(state === 'above' ? [words.say('explain_above')] : []),
    ];
    const title = `${here}${head}${aside.length > 0 ? ` (${aside.join(words.say('explain_comma'))})` : ''}`;
    if (state === 'above') return [title];
    const [names, numbers] = [say.inNames(derivation), say.inNumbers(derivation)];
    // a number alone is its own formula
    const formulas = names === undefined ? [] : [`= ${names}`, ...(parts.length > 0 ? [numbers ?? ''] : [])];
    const body = [
      ...formulas,
      ...say.steps(derivation),
      ...say.facts(derivation).map(({ text }) => text),
    ].map((text) => `${here}${INDENT}${text}`);
    return [title, ...body, ...parts.flatMap((part) => lines(part, depth + 1))];
  };
  const body = lines(whole.tree, 0);
  const head = words.say('explain_text_head', {
    plan: app.name(session.plan.title),
    scenario: app.name(session.scenario.name),
  });
  const end = whole.isCut ? [words.say('explain_cut', { count: MAX_UNFOLDED })] : [];
  return { text: [head, '', ...body, ...end].join('\n'), cells };
}
