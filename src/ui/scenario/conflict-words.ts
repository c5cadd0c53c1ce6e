/** What a conflict between the parts of a scenario is, in a sentence. */
import type { Claim, Conflict } from '#engine';
import type { PlanSession } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';

/** Says what counts and what it covers. */
export function conflictSentence(
  session: PlanSession,
  context: AppContext,
  { winner, covered }: Conflict,
): string {
  const { words } = context;
  const claim = ({ scenario, kind }: Claim): string => {
    const found = session.scenarios.find(({ id }) => id === scenario);
    const name = found ? context.name(found.name) : scenario;
    return words.say('scenario_claim', { scenario: name, kind: words.say(`scenario_claim_${kind}`) });
  };
  return words.say('scenario_conflict', {
    winner: claim(winner),
    covered: covered.map(claim).join(words.say('ask_comma')),
  });
}
