/** Records that were set aside, as a person is told of them and as a file. */
import { expect, test } from 'vitest';
import { printRecords, spansOf } from '#session';

const record = (kind: 'change' | 'state' | 'view', revision: number) => ({ kind, revision });

test('records that follow one another are named together', () => {
  const records = [
    record('view', 0),
    record('change', 7),
    record('change', 4),
    record('change', 5),
    record('state', 200),
    record('state', 200),
    record('change', 6),
    record('change', 9),
  ];
  expect(spansOf(records)).toEqual([
    { kind: 'change', from: 4, to: 7 },
    { kind: 'change', from: 9, to: 9 },
    { kind: 'state', from: 200, to: 200 },
    { kind: 'view', from: 0, to: 0 },
  ]);
  expect(spansOf([])).toEqual([]);
});

test('whatever lies in a record is printed as far as it is text', () => {
  const circle: Record<string, unknown> = {};
  circle['itself'] = circle;
  let deep: unknown = 1;
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  const contents = [
    [{ a: 1, b: '“x”' }, 'part'],
    [5n],
    [circle],
    [deep],
    [undefined],
    undefined,
    [null, Number.NaN],
  ];
  const records = contents.map((content, at) => ({
    ...record('change', at),
    name: `journal/p/${at}`,
    content,
  }));
  const none = '(not readable as text)';
  expect(JSON.parse(printRecords('p', 'setAside', records))).toEqual({
    app: 'tuiyan',
    plan: 'p',
    setAside: [[{ a: 1, b: '“x”' }, 'part'], ['5'], [none], [none], [none], none, [null, null]].map(
      (content, at) => ({
        name: `journal/p/${at}`,
        kind: 'change',
        revision: at,
        content,
      }),
    ),
  });
});
