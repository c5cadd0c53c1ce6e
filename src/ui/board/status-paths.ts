/** The signs of the statuses, strokes on a 16-pixel square: ✓ met, ≈ at risk, ✗ missed, – cannot be judged. */
import type { TargetStatus } from '#analysis';

/** Path by status. */
export const STATUS_PATHS: Readonly<Record<TargetStatus, string>> = {
  met: 'm2.5 8.5 3.75 3.75L13.5 4',
  atRisk:
    'M2.5 6.5c1.4-1.7 2.9-2 4.4-1.1l2.2 1.2c1.5.9 3 .6 4.4-1.1M2.5 10.75c1.4-1.7 2.9-2 4.4-1.1l2.2 1.2c1.5.9 3 .6 4.4-1.1',
  missed: 'm3.5 3.5 9 9M12.5 3.5l-9 9',
  unknown: 'M3.5 8h9',
};
