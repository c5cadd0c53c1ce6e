/** What calculates plans. It comes when the first plan is looked at, so that the first screen does not wait for it. */
export { buildEngineInTurns } from '#engine';
export { findRisk, targetResults } from '#analysis';
export { beginProjection, LessonRun, PlanSession, Practice } from '#session';
