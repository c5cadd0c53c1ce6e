/** Functions that make one number of many. They skip what is missing; over nothing but missing they are missing. */
import { failure } from '#quantity';
import type { FunctionSpec } from '../function-spec.ts';
import { microsoft, numbersIn, ofSeries, plainIn, values } from './declare.ts';

const plain = { ...plainIn('aggregate'), parameters: [values('number', 'a')], repeats: 1 } as const;

const FIVE = { A2: 10, A3: 7, A4: 9, A5: 27, A6: 2 };
const STRENGTH = {
  ...{ A2: 1345, A3: 1301, A4: 1368, A5: 1322, A6: 1310 },
  ...{ A7: 1370, A8: 1318, A9: 1350, A10: 1303, A11: 1299 },
};
const GAPS = { A1: null, A2: 4, A3: null, A4: 6 };
const NOTHING = { A1: null, A2: null };

/** Plain left-to-right sum: it gives the same bits as the same numbers added with `+`. */
function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** Sample variance in two passes, with the correction for what rounding left of the mean. */
function variance(numbers: readonly number[], name: string) {
  const count = numbers.length;
  if (count < 2) return failure('#DIV/0!', 'too_few_points', { name });
  const mean = sum(numbers) / count;
  const deviations = numbers.map((one) => one - mean);
  const left = sum(deviations);
  return (sum(deviations.map((one) => one * one)) - (left * left) / count) / (count - 1);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[(sorted.length >> 1) - 1] as number) + upper) / 2;
}

/** SUM AVERAGE MEDIAN MIN MAX COUNT PRODUCT STDEV VAR. */
export const aggregateFunctions: readonly FunctionSpec[] = [
  {
    ...plain,
    name: 'SUM',
    result: 'a',
    compute: ofSeries(sum),
    examples: [
      { text: '=SUM(3, 2)', gives: 5, source: microsoft('SUM') },
      { text: '=SUM(A2:A4, 15)', gives: 55, cells: { A2: -5, A3: 15, A4: 30 }, source: microsoft('SUM') },
      { text: '=SUM(A1:A4)', gives: 10, cells: GAPS, source: '4 + 6: missing values are skipped' },
      { text: '=SUM(A1:A2)', gives: null, cells: NOTHING, source: 'nothing to add is missing, not 0' },
    ],
  },
  {
    ...plain,
    name: 'AVERAGE',
    result: 'a',
    compute: ofSeries((numbers) => sum(numbers) / numbers.length),
    examples: [
      { text: '=AVERAGE(A2:A6)', gives: 11, cells: FIVE, source: microsoft('AVERAGE') },
      { text: '=AVERAGE(A2:A6, 5)', gives: 10, cells: FIVE, source: microsoft('AVERAGE') },
      { text: '=AVERAGE(A1:A4)', gives: 5, cells: GAPS, source: '(4 + 6) / 2: missing is not zero' },
    ],
  },
  {
    ...plain,
    name: 'MEDIAN',
    result: 'a',
    compute: ofSeries(median),
    examples: [
      { text: '=MEDIAN({1, 2, 3, 4, 5})', gives: 3, source: microsoft('MEDIAN') },
      { text: '=MEDIAN({1, 2, 3, 4, 5, 6})', gives: 3.5, source: microsoft('MEDIAN') },
    ],
  },
  {
    ...plain,
    name: 'MIN',
    result: 'a',
    compute: ofSeries((numbers) => numbers.reduce((least, one) => Math.min(least, one))),
    examples: [
      { text: '=MIN(A2:A6)', gives: 2, cells: FIVE, source: microsoft('MIN') },
      { text: '=MIN(A2:A6, 0)', gives: 0, cells: FIVE, source: microsoft('MIN') },
    ],
  },
  {
    ...plain,
    name: 'MAX',
    result: 'a',
    compute: ofSeries((numbers) => numbers.reduce((most, one) => Math.max(most, one))),
    examples: [
      { text: '=MAX(A2:A6)', gives: 27, cells: FIVE, source: microsoft('MAX') },
      { text: '=MAX(A2:A6, 30)', gives: 30, cells: FIVE, source: microsoft('MAX') },
      {
        text: '=MAX(A1:A4)',
        gives: -3,
        cells: { A1: null, A2: -3, A3: null, A4: -6 },
        source: 'missing is not 0',
      },
    ],
  },
  {
    ...plain,
    name: 'COUNT',
    parameters: [values('value')],
    result: '1',
    compute: ([series]) => numbersIn(series).length,
    examples: [
      {
        text: '=COUNT(A2:A5)',
        gives: 3,
        cells: { A2: 39790, A3: null, A4: 19, A5: 22.24 },
        source: microsoft('COUNT'),
      },
      { text: '=COUNT(A1:A2)', gives: 0, cells: NOTHING, source: 'nothing is counted: 0, not missing' },
    ],
  },
  {
    ...plain,
    name: 'PRODUCT',
    parameters: [values('number')],
    result: '?',
    compute: ofSeries((numbers) => numbers.reduce((product, one) => product * one, 1)),
    examples: [
      {
        text: '=PRODUCT(A2:A4)',
        gives: 2250,
        cells: { A2: 5, A3: 15, A4: 30 },
        source: microsoft('PRODUCT'),
      },
      {
        text: '=PRODUCT(A2:A4, 2)',
        gives: 4500,
        cells: { A2: 5, A3: 15, A4: 30 },
        source: microsoft('PRODUCT'),
      },
      { text: '=PRODUCT(1E200, 1E200)', gives: '#NUM!', source: 'more than a number can hold' },
    ],
  },
  {
    ...plain,
    name: 'STDEV',
    result: 'a',
    compute: ofSeries((numbers) => {
      const squared = variance(numbers, 'STDEV');
      return typeof squared === 'number' ? Math.sqrt(squared) : squared;
    }),
    examples: [
      {
        text: '=STDEV(A2:A11)',
        gives: 27.46391572,
        decimals: 8,
        cells: STRENGTH,
        source: microsoft('STDEV'),
      },
      { text: '=STDEV(2, 4, 4, 4, 5, 5, 7, 9)', gives: 2.138089935299395, source: 'sqrt(32 / 7)' },
      { text: '=STDEV(7)', gives: '#DIV/0!', source: 'a sample of one has no spread' },
    ],
  },
  {
    ...plain,
    name: 'VAR',
    // the square of a unit is no unit of a plan
    parameters: [values('number', 'a')],
    result: '?',
    compute: ofSeries((numbers) => variance(numbers, 'VAR')),
    examples: [
      { text: '=VAR(A2:A11)', gives: 754.2667, decimals: 4, cells: STRENGTH, source: microsoft('VAR') },
      {
        text: '=VAR(1000000001, 1000000002, 1000000003)',
        gives: 1,
        source: 'shifting numbers does not change their variance',
      },
    ],
  },
];
