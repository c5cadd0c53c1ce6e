/** Why a plan could not be opened, as data: the sentence is made where the reader's language is known. */
import type { Problem } from '#quantity';
import type { StorageProblemCode } from '#storage';

/** unreadable: the document is not one that this program can use · unreachable: it could not be loaded · storage: the work on it could not be read · fault: a bug of ours. */
export type OpenFailure =
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] }
  | { readonly kind: 'storage'; readonly code: StorageProblemCode }
  | { readonly kind: 'unreachable' | 'fault' };

/** Thrown by what opens a plan, for reasons that a person can be told. */
export class PlanNotOpened extends Error {
  readonly failure: OpenFailure;
  constructor(failure: OpenFailure, cause?: unknown) {
    super(failure.kind, { cause });
    this.failure = failure;
  }
}

/** The failure in what was thrown; what nobody foresaw is a fault of ours. */
export function openFailureOf(thrown: unknown): OpenFailure {
  if (thrown instanceof PlanNotOpened) return thrown.failure;
  if (thrown instanceof Error && thrown.name === 'StorageProblem') {
    return { kind: 'storage', code: (thrown as Error & { code: StorageProblemCode }).code };
  }
  return { kind: 'fault' };
}
