/** The text that a person may send on after a fault: what happened and in which program, nothing of the numbers. */
import type { AppSession } from '#session';
import type { Fault } from './fault-watch.svelte.ts';

/** What the page runs in. */
export interface Surroundings {
  readonly version: string;
  readonly browser: string;
  /** Without its fragment, which may hold a scenario. */
  readonly address: string;
}

/** Long enough for every call that is ours; the rest are the browser's and the libraries'. */
const MAX_TRACE = 2000;

/** Writes the report, in English whatever the language of the page: it is for those who mend the program. */
export function faultReport(app: AppSession, faults: readonly Fault[], around: Surroundings): string {
  const { screen } = app;
  return [
    `Tuiyan ${around.version}`,
    `page: ${around.address}`,
    `browser: ${around.browser}`,
    `language: ${app.language}; storage: ${app.storageKind}; screen: ${screen.kind}`,
    ...(screen.kind === 'plan' ? [planFacts(screen.session)] : []),
    ...faults.flatMap(({ what, trace, at }) => [
      '',
      `${new Date(at).toISOString()} ${what}`,
      trace.slice(0, MAX_TRACE),
    ]),
  ].join('\n');
}

type Session = Extract<AppSession['screen'], { kind: 'plan' }>['session'];

function planFacts({ plan, scenarios, autosave, isOwnPlan, isOutdated }: Session): string {
  const { first, last } = plan.periods;
  return [
    `plan: ${isOwnPlan ? 'own' : plan.id}, ${plan.lines.length} lines, ${first} to ${last}`,
    `${scenarios.length} scenarios`,
    `saving: ${autosave.state}`,
    `numbers: ${isOutdated ? 'outdated' : 'up to date'}`,
  ].join('; ');
}
