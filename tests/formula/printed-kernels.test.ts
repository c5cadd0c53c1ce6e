/** The kernels on plain numbers are printed from the kernels; `-u` after its path prints them again. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { buildExponential, buildExponentialMinusOne } from '../../src/formula/kernels/exponential.ts';
import { buildEquivalentRate, buildGrowth } from '../../src/formula/kernels/growth.ts';
import {
  buildDecimalLogarithm,
  buildLogarithm,
  buildLogarithmOfMore,
} from '../../src/formula/kernels/logarithm.ts';
import { buildNormalInverse } from '../../src/formula/kernels/normal-inverse.ts';
import { buildPower } from '../../src/formula/kernels/power.ts';
import { printModule, type Printed } from './print-kernels.ts';

const FOLDER = fileURLToPath(new URL('../../src/formula/kernels/', import.meta.url));

const headOf = (about: string) => `/**
 * ${about} on plain numbers: the same bits in every browser, and in WebAssembly.
 *
 * Printed, a line for each operation, from the kernels beside this file; not written by hand. To print it again:
 * \`npx vitest run tests/formula/printed-kernels.test.ts -u\`, which fails where this file is not what they say.
 */
import { exponentOf, mantissaOf, powerOfTwo, upperHalf } from './number-bits.ts';
`;

const NUMBERS: readonly Printed[] = [
  { name: 'exponential', about: 'e^x; see `buildExponential`.', parameters: ['x'], build: buildExponential },
  { name: 'logarithm', about: 'ln x; see `buildLogarithm`.', parameters: ['x'], build: buildLogarithm },
  {
    name: 'decimalLogarithm',
    about: 'log10 x; see `buildDecimalLogarithm`.',
    parameters: ['x'],
    build: buildDecimalLogarithm,
  },
  {
    name: 'power',
    about: 'x^y of a base not below 0; see `buildPower`. Powers of the formula language are `raise`.',
    parameters: ['x', 'y'],
    build: buildPower,
  },
  {
    name: 'normalInverse',
    about: 'The score below which a share of the standard normal curve lies; see `buildNormalInverse`.',
    parameters: ['share'],
    build: buildNormalInverse,
  },
];

const NEAR_ONE: readonly Printed[] = [
  {
    name: 'exponentialMinusOne',
    about: 'e^x − 1; see `buildExponentialMinusOne`.',
    parameters: ['x'],
    build: buildExponentialMinusOne,
  },
  {
    name: 'logarithmOfMore',
    about: 'ln(1 + x); see `buildLogarithmOfMore`.',
    parameters: ['x'],
    build: buildLogarithmOfMore,
  },
];

const GROWTH: readonly Printed[] = [
  {
    name: 'growthFactor',
    about: '(1 + rate)^nper; see `buildGrowth`.',
    parameters: ['rate', 'nper'],
    build: (a) => (rate, nper) => buildGrowth(a)(rate, nper).factor,
  },
  {
    name: 'growthGain',
    about: '(1 + rate)^nper − 1; see `buildGrowth`.',
    parameters: ['rate', 'nper'],
    build: (a) => (rate, nper) => buildGrowth(a)(rate, nper).gain,
  },
  {
    name: 'equivalentGrowthRate',
    about: 'The rate at which pv grows to fv; see `buildEquivalentRate`.',
    parameters: ['nper', 'pv', 'fv'],
    build: buildEquivalentRate,
  },
];

it.each([
  ['numbers.ts', 'The kernels', NUMBERS],
  ['near-one-numbers.ts', 'The kernels that keep the digits near 1', NEAR_ONE],
  ['growth-numbers.ts', 'The kernels of growth', GROWTH],
])('%s is what the kernels print', async (name, about, kernels) => {
  const path = FOLDER + name;
  await expect(await printModule(headOf(about), kernels, path)).toMatchFileSnapshot(path);
});
