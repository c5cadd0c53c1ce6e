/** Questions asked of an engine. */
export { drivers, isMet, stepEffects, targetDecimals, targetResult, targetResults, withRisk } from './target-status.ts';
export type { StepEffects, TargetResult, TargetStatus } from './target-status.ts';
