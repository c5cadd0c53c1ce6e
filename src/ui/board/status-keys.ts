/** The words of the statuses, in the order in which they are counted. */
import type { TargetStatus } from '#analysis';

/** Message key by status. */
export const STATUS_KEYS = {
  met: 'status_met',
  atRisk: 'status_at_risk',
  missed: 'status_missed',
  unknown: 'status_unknown',
} as const satisfies Record<TargetStatus, string>;

/** All statuses, best first. */
export const STATUSES: readonly TargetStatus[] = ['met', 'atRisk', 'missed', 'unknown'];
