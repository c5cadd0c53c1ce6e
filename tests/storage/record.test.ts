import { describe, expect, test } from 'vitest';
import {
  checkJournalRecord,
  checkSnapshotRecord,
  isViewState,
  toSettings,
  toWorkRecord,
} from '../../src/storage/record.ts';
import { atOnce } from '../../src/storage/turns.ts';
import { NO_HISTORY } from '#plan';
import { aHead, anEdit, aPatch, aScenario, EVERY_CHANGE } from './samples.ts';

const record = (patch: unknown) => ({
  id: 'a/1',
  follows: 'a/0',
  entry: { kind: 'edit', patches: [patch], at: 1 },
});
const proto: unknown = JSON.parse('{ "__proto__": { "2025": 1 } }');
const line = (after: unknown) => record({ ...aPatch(1), after });

describe('an entry is believed', () => {
  test.each<[string, unknown]>([
    ['with a value', record(aPatch(1))],
    ['with every change', line({ changes: EVERY_CHANGE })],
    ['with a distribution', line({ distribution: { kind: 'uniform', low: 0, high: 1, course: 'each' } })],
    [
      'with a stack and drivers that move together',
      record({
        kind: 'scenario',
        before: aHead(),
        after: { ...aHead(), stack: ['low'], correlations: [{ lines: ['gdp', 'loans'], rank: 0.5 }] },
      }),
    ],
    ['with another order', record({ kind: 'order', before: ['a', 'b'], after: ['b', 'a'] })],
    ['that takes what a scenario says away', line(null)],
    ['with an actual before the plan', line({ actuals: { '1999': 1 } })],
    ['with an empty overlay', line({})],
    ['that begins a scenario', record({ kind: 'scenario', before: null, after: aHead() })],
    ['that says undo', { id: 'a', follows: '', entry: { kind: 'undo', at: 1 } }],
    ['with the prototype of nothing', Object.assign(Object.create(null) as object, record(aPatch(1)))],
  ])('%s', (_, value) => {
    expect(atOnce(checkJournalRecord(value))).toBe(true);
  });
});

describe('an entry is not believed', () => {
  const hole = new Array<unknown>(2);
  hole[1] = aPatch(1);
  test.each<[string, unknown]>([
    ['that is nothing', undefined],
    ['that is null', null],
    ['that is text', JSON.stringify(record(aPatch(1)))],
    ['that is a list', [record(aPatch(1))]],
    ['without what it follows', { id: 'a', entry: anEdit(1) }],
    ['that follows a number', { ...record(aPatch(1)), follows: 0 }],
    ['without a name', { follows: '', entry: anEdit(1) }],
    ['of a kind that is not known', { id: 'a', follows: '', entry: { kind: 'merge', at: 1 } }],
    ['without a time', { id: 'a', follows: '', entry: { kind: 'undo' } }],
    [
      'with patches that are no list',
      { id: 'a', follows: '', entry: { kind: 'edit', patches: { 0: aPatch(1) }, at: 1 } },
    ],
    [
      'with a hole among its patches',
      { id: 'a', follows: '', entry: { kind: 'edit', patches: hole, at: 1 } },
    ],
    ['that undoes and edits', { id: 'a', follows: '', entry: { kind: 'undo', patches: [], at: 1 } }],
    ['with a patch of a kind that is not known', record({ ...aPatch(1), kind: 'cell' })],
    ['with a patch that has more than it should', record({ ...aPatch(1), by: 'me' })],
    ['without before', record({ kind: 'line', scenario: 'trial', line: 'gdp', after: null })],
    ['with a line that is no name', record({ ...aPatch(1), line: '__proto__' })],
    ['with a line that every object has', record({ ...aPatch(1), line: 'constructor' })],
    ['with a line that is a number', record({ ...aPatch(1), line: 7 })],
    [
      'with a scenario that is no name',
      record({ ...aPatch(1), scenario: 'Trial 1', after: null, before: null }),
    ],
    ['with a value that is text', line({ values: { '2025': '1' } })],
    ['with a value that is not finite', line({ values: { '2025': Infinity } })],
    ['with a period that is no year', line({ values: { soon: 1 } })],
    ['with values that are no record', line({ values: 3 })],
    ['with a change of another line', line({ changes: [{ line: 'loans', add: 1 }] })],
    ['with a change that does two things', line({ changes: [{ line: 'gdp', add: 1, scale: 2 }] })],
    ['with changes that are no list', line({ changes: 'none' })],
    ['with an overlay that has more than it should', line({ colour: 'red' })],
    ['with a distribution that cannot be', line({ distribution: { kind: 'uniform', low: 1, high: 0 } })],
    ['with a distribution that is nothing', line({ distribution: null })],
    [
      'with a rank beyond 1',
      record({
        kind: 'scenario',
        before: null,
        after: { ...aHead(), correlations: [{ lines: ['gdp', 'loans'], rank: 2 }] },
      }),
    ],
    [
      'with a stack that is no list',
      record({ kind: 'scenario', before: null, after: { ...aHead(), stack: 'low' } }),
    ],
    ['with an order that names one twice', record({ kind: 'order', before: ['a', 'b'], after: ['b', 'b'] })],
    ['with an order of numbers', record({ kind: 'order', before: [1], after: [1] })],
    ['with a head that brings values', record({ kind: 'scenario', before: null, after: aScenario() })],
    ['with a head without a name', record({ kind: 'scenario', before: null, after: { id: 'trial' } })],
    [
      'with a head that has a line too',
      record({ kind: 'scenario', line: 'gdp', before: null, after: aHead() }),
    ],
  ])('%s', (_, value) => {
    expect(atOnce(checkJournalRecord(value))).toBe(false);
  });
});

describe('a snapshot', () => {
  const whole = { endsWith: 'a/0', scenarios: [aScenario()], history: { done: [[aPatch(1)]], undone: [[]] } };

  test('is believed when it is whole', () => {
    expect(atOnce(checkSnapshotRecord(whole))).toBe(true);
    expect(atOnce(checkSnapshotRecord({ endsWith: '', scenarios: [], history: NO_HISTORY }))).toBe(true);
    const full = {
      ...aScenario(),
      basedOn: 'plan',
      stack: ['low', 'green'],
      changes: EVERY_CHANGE,
      actuals: { gdp: { '2021': 1 } },
      distributions: { gdp: { kind: 'history', course: 'walk' } },
      correlations: [{ lines: ['gdp', 'loans'], rank: -0.5 }],
    };
    expect(atOnce(checkSnapshotRecord({ ...whole, scenarios: [full] }))).toBe(true);
  });

  test.each<[string, unknown]>([
    ['without its end', { scenarios: [], history: NO_HISTORY }],
    ['without history', { endsWith: '', scenarios: [] }],
    ['with half a history', { ...whole, history: { done: [] } }],
    ['with a gesture that is no list', { ...whole, history: { done: [aPatch(1)], undone: [] } }],
    ['with values of the prototype', { ...whole, scenarios: [{ ...aScenario(), values: proto }] }],
    ['with a scenario that is none', { ...whole, scenarios: [aScenario(), { id: 'x' }] }],
    ['with more than it should have', { ...whole, revision: 3 }],
  ])('is not believed %s', (_, value) => {
    expect(atOnce(checkSnapshotRecord(value))).toBe(false);
  });
});

test.each<[unknown, boolean]>([
  [{ scenario: 'trial', foldedSections: [] }, true],
  [{ scenario: 'trial', line: 'gdp', period: 2025, foldedSections: ['all'] }, true],
  [{ scenario: 'trial' }, false],
  [{ scenario: 1, foldedSections: [] }, false],
  [{ scenario: 'trial', period: '2025', foldedSections: [] }, false],
  [{ scenario: 'trial', foldedSections: [1] }, false],
  ['trial', false],
])('a view %j: %j', (value, isOne) => {
  expect(isViewState(value)).toBe(isOne);
});

test.each<[unknown, unknown]>([
  [undefined, {}],
  [null, {}],
  ['dark', {}],
  [{ language: 'zh', theme: 'sepia', colour: 'red' }, { language: 'zh' }],
  [{ layout: { leversWidth: 'wide', chartHeight: 200, tabs: 3 } }, { layout: { chartHeight: 200 } }],
  [{ layout: 7, openPlan: 7 }, { layout: {} }],
])('of settings %j what is understood is read', (value, read) => {
  expect(toSettings(value)).toStrictEqual(read);
});

test.each<[unknown, unknown]>([
  [undefined, {}],
  [{ startedAt: 3, openedAt: 'today' }, { startedAt: 3 }],
])('of times %j what is understood is read', (value, read) => {
  expect(toWorkRecord(value)).toEqual(read);
});
