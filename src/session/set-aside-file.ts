/** Records of a plan that the program cannot use, as a person is told of them and as a file. */
import type { RawRecord } from '#storage';

/** Records that are named together: changes and states by their revisions. */
export interface RecordSpan {
  readonly kind: Exclude<RawRecord['kind'], 'other'>;
  readonly from: number;
  readonly to: number;
}

/** Names records together that follow one another, in the order in which the work came to them. */
export function spansOf(records: readonly Pick<RawRecord, 'kind' | 'revision'>[]): readonly RecordSpan[] {
  const spans: RecordSpan[] = [];
  const order = records.toSorted((a, b) =>
    a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.revision - b.revision,
  );
  for (const { kind, revision } of order) {
    if (kind === 'other') continue;
    const last = spans.at(-1);
    if (last?.kind === kind && revision <= last.to + 1) spans.splice(-1, 1, { ...last, to: revision });
    else spans.push({ kind, from: revision, to: revision });
  }
  return spans;
}

/** What is said of something that no text can hold. */
const NO_TEXT = '(not readable as text)';

/** Prints records as JSON, all that is stored or what was set aside: what lies under each name, as far as it is text or numbers. */
export function printRecords(
  plan: string,
  what: 'stored' | 'setAside',
  records: readonly RawRecord[],
): string {
  const printed = records.map(({ name, kind, revision, content }) => {
    return { name, kind, revision, content: content?.map(printable) ?? NO_TEXT };
  });
  return JSON.stringify({ app: 'tuiyan', plan, [what]: printed }, null, 1);
}

function printable(value: unknown): unknown {
  try {
    const text = JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
    // nothing at all comes of what is no value of a document
    return text === undefined ? NO_TEXT : (JSON.parse(text) as unknown);
  } catch (thrown) {
    // a circle, or nested too deeply
    if (!(thrown instanceof TypeError || thrown instanceof RangeError)) throw thrown;
    return NO_TEXT;
  }
}
