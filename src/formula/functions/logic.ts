/**
 * Functions that choose. A test is true where its number is not 0, and a logical result is 1 or 0.
 *
 * Most of them decide which of their arguments is calculated at all; what they do stands where they become branches.
 */
import type { Value } from '#quantity';
import type { FunctionSpec, LazyFunction } from '../function-spec.ts';
import { microsoft, number, ofNumbers, ofSeries, optional, plainIn, values } from './declare.ts';

const plain = plainIn('logic');
const lazy = { kind: 'lazy', family: 'logic' } as const;

const PRIORITY = 'Microsoft’s example with numbers for its words';

/** A parameter of a lazy function is always one value: the others are not looked at. */
const IF: LazyFunction = {
  ...lazy,
  name: 'IF',
  parameters: [number('logical_test'), number('value_if_true', 'a'), optional(number('value_if_false', 'a'))],
  result: 'a',
  examples: [
    { text: '=IF(A2<=100, 1, 2)', gives: 1, cells: { A2: 50 }, source: PRIORITY },
    { text: '=IF(A2>B2, A2-B2, 0)', gives: 500, cells: { A2: 1500, B2: 1000 }, source: microsoft('IF') },
    { text: '=IF(1>2, 5)', gives: 0, source: 'Excel: FALSE, which is 0' },
    { text: '=IF(A1=0, 0, 10/A1)', gives: 0, cells: { A1: 0 }, source: 'the division is not looked at' },
  ],
};

const IFS: LazyFunction = {
  ...lazy,
  name: 'IFS',
  parameters: [number('logical_test'), number('value_if_true', 'a')],
  repeats: 2,
  result: 'a',
  examples: [
    { text: '=IFS(A2>89, 5, A2>79, 4, A2>69, 3, 1=1, 1)', gives: 4, cells: { A2: 87 }, source: PRIORITY },
    { text: '=IFS(A2>89, 5, A2>79, 4)', gives: '#N/A', cells: { A2: 60 }, source: microsoft('IFS') },
  ],
};

const SWITCH: LazyFunction = {
  ...lazy,
  name: 'SWITCH',
  // a last argument alone is the default, so that the unit of a `value` cannot be held to that of the expression
  parameters: [number('expression'), number('value'), number('result', 'a')],
  repeats: 2,
  result: 'a',
  examples: [
    { text: '=SWITCH(A2, 1, 10, 2, 20, 3, 30)', gives: 20, cells: { A2: 2 }, source: PRIORITY },
    { text: '=SWITCH(A2, 1, 10, 2, 20, 99)', gives: 99, cells: { A2: 7 }, source: PRIORITY },
    { text: '=SWITCH(A2, 1, 10, 2, 20)', gives: '#N/A', cells: { A2: 7 }, source: microsoft('SWITCH') },
  ],
};

const IFERROR: LazyFunction = {
  ...lazy,
  name: 'IFERROR',
  parameters: [number('value', 'a'), number('value_if_error', 'a')],
  result: 'a',
  examples: [
    { text: '=IFERROR(A2/B2, -1)', gives: 6, cells: { A2: 210, B2: 35 }, source: microsoft('IFERROR') },
    { text: '=IFERROR(A3/B3, -1)', gives: -1, cells: { A3: 55, B3: 0 }, source: microsoft('IFERROR') },
    { text: '=IFERROR(A1, -1)', gives: null, cells: { A1: null }, source: 'missing is no failure' },
  ],
};

const ISBLANK: LazyFunction = {
  ...lazy,
  name: 'ISBLANK',
  parameters: [number('value')],
  result: '1',
  examples: [
    { text: '=ISBLANK(A1)', gives: 1, cells: { A1: null }, source: microsoft('ISBLANK') },
    { text: '=ISBLANK(A1)', gives: 0, cells: { A1: 0 }, source: 'zero is a figure' },
  ],
};

const CHOOSE: LazyFunction = {
  ...lazy,
  name: 'CHOOSE',
  parameters: [number('index_num', '1'), number('value', 'a')],
  repeats: 1,
  result: 'a',
  examples: [
    { text: '=CHOOSE(2, 10, 20, 30)', gives: 20, source: PRIORITY },
    { text: '=CHOOSE(3.9, 10, 20, 30, 40)', gives: 30, source: 'Microsoft: a fraction is truncated' },
    { text: '=CHOOSE(4, 10, 20, 30)', gives: '#VALUE!', source: microsoft('CHOOSE') },
  ],
};

const truth = (holds: boolean): Value => (holds ? 1 : 0);

/** IF IFS SWITCH IFERROR ISBLANK AND OR NOT CHOOSE. */
export const logicFunctions: readonly FunctionSpec[] = [
  IF,
  IFS,
  SWITCH,
  IFERROR,
  ISBLANK,
  {
    ...plain,
    name: 'AND',
    parameters: [values('logical')],
    repeats: 1,
    result: '1',
    compute: ofSeries((tests) => truth(tests.every((test) => test !== 0))),
    examples: [
      { text: '=AND(A2>1, A2<100)', gives: 1, cells: { A2: 50 }, source: microsoft('AND') },
      { text: '=AND(1<2, 3<2)', gives: 0, source: 'one test fails' },
      { text: '=AND(A1:A2)', gives: 1, cells: { A1: 1, A2: null }, source: 'Excel ignores empty cells' },
    ],
  },
  {
    ...plain,
    name: 'OR',
    parameters: [values('logical')],
    repeats: 1,
    result: '1',
    compute: ofSeries((tests) => truth(tests.some((test) => test !== 0))),
    examples: [
      { text: '=OR(A2>1, A2<100)', gives: 1, cells: { A2: 50 }, source: microsoft('OR') },
      { text: '=OR(A2<0, A2>100)', gives: 0, cells: { A2: 50 }, source: 'no test holds' },
    ],
  },
  {
    ...plain,
    name: 'NOT',
    parameters: [number('logical')],
    result: '1',
    compute: ofNumbers((test = 0) => truth(test === 0)),
    examples: [
      { text: '=NOT(A2>100)', gives: 1, cells: { A2: 50 }, source: microsoft('NOT') },
      { text: '=NOT(3)', gives: 0, source: 'any number but 0 is true' },
    ],
  },
  CHOOSE,
];
