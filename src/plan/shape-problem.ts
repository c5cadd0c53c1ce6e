/** What a schema finds wrong, as problems: a key too many, a key too few, a wrong length, or another kind of thing. */
import { problem, type Problem } from '#quantity';

/** What can be wrong with the shape of a document. */
export type ShapeProblemCode = 'plan_shape' | 'plan_key_unknown' | 'plan_key_missing' | 'plan_length';

/** What a schema says of one place. */
export interface ShapeIssue {
  readonly type?: string;
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: unknown })[] | undefined;
  readonly expected?: string | null;
  readonly received?: string;
  readonly input?: unknown;
}

/** Says what is wrong in one place; `root` is the path of the part that the schema was asked about. */
export function shapeProblem(issue: ShapeIssue, root = ''): Problem<ShapeProblemCode> {
  const path = (issue.path ?? [])
    .map((step) => (typeof step === 'object' ? step.key : step))
    .reduce<string>(
      (before, key) => before + (typeof key === 'number' ? `[${key}]` : `.${String(key)}`),
      root,
    )
    .replace(/^\./, '');
  // a name is counted by its characters, which the schema's own lengths do not do
  if (isTooLong(issue)) {
    const received = typeof issue.input === 'string' ? Array.from(issue.input).length : '';
    return problem('plan_length', { path }, { path: path || '/', expected: issue.message, received });
  }
  const args = {
    path: path || '/',
    expected: issue.expected ?? issue.message,
    received: issue.received ?? '',
  };
  return problem(codeOf(issue), { path }, args);
}

/** A check of the schema that counts says what it counts up to. */
function isTooLong({ type, message }: ShapeIssue): boolean {
  return type === 'check' && message.startsWith('<=');
}

function codeOf({ type, expected, received }: ShapeIssue): ShapeProblemCode {
  if (type === 'min_length' || type === 'max_length') return 'plan_length';
  if (expected === 'never') return 'plan_key_unknown';
  return received === 'undefined' ? 'plan_key_missing' : 'plan_shape';
}
