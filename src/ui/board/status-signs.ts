/** The signs of the statuses: ✓ met, ≈ at risk, ✗ missed, – cannot be judged. */
import type { TargetStatus } from '#analysis';
import type { SignShape, SignTone } from '../_shared/sign-paths.ts';

/** Sign by status. */
export const STATUS_SIGNS: Readonly<Record<TargetStatus, { shape: SignShape; tone: SignTone }>> = {
  met: { shape: 'check', tone: 'met' },
  atRisk: { shape: 'waves', tone: 'risk' },
  missed: { shape: 'cross', tone: 'missed' },
  unknown: { shape: 'dash', tone: 'unknown' },
};
