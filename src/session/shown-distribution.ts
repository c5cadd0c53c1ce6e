/** The distribution of a driver as its reader would type it: names of lines in the reader's language. */
import { printDistribution } from '#analysis';
import type { PlanSession } from './plan-session.svelte.ts';

/**
 * The distribution that a line has in the open scenario, as text that reads back as the same; undefined where it has none, or
 * where values decide every period of it, so that nothing is drawn.
 */
export function shownDistribution(
  session: PlanSession,
  line: string,
  language: 'zh' | 'en',
): string | undefined {
  const found = session.distributionOf(line);
  if (!found || found.periods.length === 0) return undefined;
  return printDistribution(found.distribution, {
    language,
    isPercent: session.engine.unitOf(line).shown > 1,
    movesWith: found.movesWith,
    nameOf: (id) => session.engine.names.nameOf(id, language),
  });
}
