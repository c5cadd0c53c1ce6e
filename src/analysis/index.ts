/** Questions asked of an engine. */
export { drivers, isMet, stepEffects, targetDecimals, targetResult, targetResults, withRisk } from './target-status.ts';
export type { StepEffects, TargetResult, TargetStatus } from './target-status.ts';
export { buildCurve } from './distribution.ts';
export type { Curve, KnownDistribution } from './distribution.ts';
export { parseDistribution, printDistribution } from './distribution-text.ts';
export type { DistributionFormat, DistributionProblemCode, MovesWith, ReadDistribution } from './distribution-text.ts';
export { seededRandom } from './random-source.ts';
export type { Random } from './random-source.ts';
