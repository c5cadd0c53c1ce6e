/** The colour of a scenario: the same in its tab, in every chart and in every column head. */
import type { PlanSession } from '#session';

/** How many colours the palette has; after the last the first comes again. */
const COLOURS = 8;

/**
 * The place of a scenario in the palette. The plan's own come first; a person's own take the place of the number in their
 * id, so that deleting one does not colour the others anew.
 */
function scenarioPlace(session: PlanSession, id: string): number {
  const { scenarios } = session.plan;
  const given = scenarios.findIndex((one) => one.id === id);
  if (given !== -1) return given % COLOURS;
  const number = /^trial_(\d+)/.exec(id)?.[1];
  const others = session.scenarios.filter((one) => session.isOwn(one.id));
  const own = number === undefined ? others.findIndex((one) => one.id === id) : Number(number) - 1;
  return (scenarios.length + Math.max(0, own)) % COLOURS;
}

/** The colour of a scenario as the name of a token: `--scenario-4`. */
export function scenarioToken(session: PlanSession, id: string): string {
  return `--scenario-${scenarioPlace(session, id) + 1}`;
}
