/** The kernels on plain numbers are printed from the kernels; `-u` after its path prints them again. */
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { buildExponential } from '../../src/formula/kernels/exponential.ts';
import { buildDecimalLogarithm, buildLogarithm } from '../../src/formula/kernels/logarithm.ts';
import { buildNormalInverse } from '../../src/formula/kernels/normal-inverse.ts';
import { buildPower } from '../../src/formula/kernels/power.ts';
import { printModule, type Printed } from './print-kernels.ts';

const PATH = fileURLToPath(new URL('../../src/formula/kernels/numbers.ts', import.meta.url));

const HEAD = `/**
 * The kernels on plain numbers: the same bits in every browser, and in WebAssembly.
 *
 * Printed, a line for each operation, from the kernels beside this file; not written by hand. To print it again:
 * \`npx vitest run tests/formula/printed-kernels.test.ts -u\`, which fails where this file is not what they say.
 */
import { exponentOf, mantissaOf, powerOfTwo, upperHalf } from './number-bits.ts';
`;

const KERNELS: readonly Printed[] = [
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

it('numbers.ts is what the kernels print', async () => {
  await expect(await printModule(HEAD, KERNELS, PATH)).toMatchFileSnapshot(PATH);
});
