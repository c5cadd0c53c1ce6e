/**
 * Slopes of functions against numbers from elsewhere: each function written out from its definition and differentiated
 * with sixty digits (mpmath); that of NPER at no interest by hand: 900 n − 100 n (n − 1) / 2 over 100 for n = 9.4.
 */
import { describe, expect, it } from 'vitest';
import { derivativesOf, buildEngine, functionsByDifference, type Move } from '#engine';
import { functionList } from '#formula';
import { aPlan, aScenario } from '#tests/builders';
import { slopeByDifference } from '../../src/engine/derive/difference.ts';

/** The call with `_` for each argument, the arguments, and the slopes by them. */
const KNOWN: readonly [text: string, args: readonly number[], slopes: readonly number[]][] = [
  [
    'FV(_, _, _, _)',
    [0.05, 7, -200, -500],
    [9644.9788671875, 308.93697280924016, -8.142008453125, -1.40710042265625],
  ],
  [
    'FV(_, _, _, _, 1)',
    [-0.03, 7, -200, -500],
    [7880.0148649921, 146.84275210919853, -6.20855468541013, -0.80798284478113],
  ],
  ['FV(_, _, _, _)', [1e-9, 10, -200, -500], [14000.000093, 200.0000024, -10.000000045, -1.00000001]],
  [
    'PV(_, _, _, _, 1)',
    [0.08, 20, 500, 1000],
    [38518.01032297795, -94.94315714031066, -10.603599200045235, -0.21454820740405675],
  ],
  [
    'PV(_, _, _, _)',
    [0.0004, 12, 500, 1000],
    [50792.50141280543, -497.1087282678916, -11.968858152751695, -0.9952124567388994],
  ],
  [
    'PMT(_, _, _, _)',
    [0.006, 10, 10000, -200],
    [-5686.574099302803, 98.26439997140123, -0.10332960947122155, -0.09732960947122156],
  ],
  [
    'PMT(_, _, _, _, 1)',
    [-0.02, 10, 10000, -200],
    [-4462.1053458740325, 98.66060714859908, -0.0911562406817897, -0.11156440394709581],
  ],
  [
    'IPMT(_, _, _, _, _)',
    [0.1, 3, 5, 8000, 100],
    [-5635.803112687171, 153.00897155856381, -70.05214925281187, -0.06560252903310347, 0.03439747096689653],
  ],
  [
    'IPMT(_, _, _, _, _, 1)',
    [-0.1, 3, 5, 8000, 100],
    [-4625.989302070695, -187.56029380126338, 63.43917436549289, 0.05955898512856829, -0.05155212598254282],
  ],
  [
    'PPMT(_, _, _, _, _)',
    [0.08, 4, 10, 200000, -500],
    [34192.95929219553, -1335.1183265404381, 2487.150019430206, -0.08695727526557027, -0.08695727526557027],
  ],
  [
    'PPMT(_, _, _, _, _, 1)',
    [-0.04, 4, 10, 200000, -500],
    [49465.41693305568, 895.7315133711136, 1776.7587394340499, -0.10998684227222441, -0.10998684227222441],
  ],
  [
    'NPER(_, _, _, _, 1)',
    [0.01, -100, -1000, 10000],
    [-1883.7754531669937, 0.4094560811424035, 0.009053979351993742, 0.0049999587466234095],
  ],
  ['NPER(_, _, _, _)', [0, -100, 900, 40], [45.12, 0.094, 0.01, 0.01]],
  [
    'RATE(_, _, _, _)',
    [48, -200, 8000, -150],
    [0.0007232386755361894, -0.00021416142088841257, -5.422543130378412e-6, -3.653739102298523e-6],
  ],
  [
    'RATE(_, _, _, _, 1)',
    [8, -90, 800, 10],
    [0.0387258895825649, -0.00302674079525484, -0.0003350165380909449, -0.00043934411001796646],
  ],
  ['RRI(_, _, _)', [5, 151, 220], [-0.016230743529304453, -0.0014280459933694067, 0.0009801588409035474]],
  ['CAGR(_, _, _)', [151, 90, 4], [-0.0014547201413757636, 0.0024406971260860035, 0.028417228833922954]],
  [
    'NPV(_, _, _, _)',
    [0.1, -10000, 3000, 9200],
    [-15094.597363568062, 0.9090909090909091, 0.8264462809917356, 0.7513148009015778],
  ],
  [
    'IRR({_, _, _, _})',
    [-70000, 12000, 35000, 48000],
    [7.032985469226368e-6, 6.174767736989547e-6, 5.421276181018625e-6, 4.7597313263816526e-6],
  ],
  [
    'TREND({_, _, _}, {_, _, _}, _)',
    [3, 5, 4, 1, 2.5, 4, 7],
    [
      -1.1666666666666667, 0.3333333333333333, 1.8333333333333333, -0.1111111111111111, 0.8888888888888888,
      -1.1111111111111112, 0.3333333333333333,
    ],
  ],
  [
    'TREND({_, _, _}, {_, _, _}, _, 0)',
    [3, 5, 4, 1, 2.5, 4, 7],
    [
      0.3010752688172043, 0.7526881720430108, 1.2043010752688172, 0.08740894901144641, -0.5341657995143947,
      -2.0589663544918486, 1.3548387096774193,
    ],
  ],
  ['TREND({_, _, _})', [3, 5, 4], [0.8333333333333334, 0.3333333333333333, -0.16666666666666666]],
  [
    'TREND({_, _, _}, {_, _, _})',
    [3, 5, 4, 1, 2.5, 4],
    [
      0.8333333333333334, 0.3333333333333333, -0.16666666666666666, 0.2222222222222222, -0.4444444444444444,
      0.2222222222222222,
    ],
  ],
  [
    'GROWTH({_, _, _}, {_, _, _}, _)',
    [3, 5, 4, 1, 2.5, 4, 7],
    [
      -2.343962845228769, 0.40182220203921754, 2.7625276390196207, -0.06299668633370005, 1.2819638110652034,
      -1.7969523439304051, 0.5779852191989017,
    ],
  ],
  [
    'FORECAST(_, {_, _, _}, {_, _, _})',
    [7, 3, 5, 4, 1, 2.5, 4],
    [
      0.3333333333333333, -1.1666666666666667, 0.3333333333333333, 1.8333333333333333, -0.1111111111111111,
      0.8888888888888888, -1.1111111111111112,
    ],
  ],
  ['STDEV(_, _, _)', [2, 4, 9], [-0.41602514716892186, -0.1386750490563073, 0.5547001962252291]],
  ['VAR(_, _, _)', [2, 4, 9], [-3.0, -1.0, 4.0]],
  [
    'INTERPOLATE(_, {_, _}, {_, _})',
    [2.3, 1, 4, 10, 25],
    [5.0, -2.8333333333333335, -2.1666666666666665, 0.5666666666666667, 0.43333333333333335],
  ],
  ['LOG(_, _)', [86, 3], [0.010584177053800435, -1.2301948800592764]],
  ['LOG10(_)', [86], [0.0050499358360843235]],
  ['LN(_)', [0.3], [3.3333333333333335]],
  ['EXP(_)', [-1.7], [0.18268352405273466]],
  ['SQRT(_)', [2], [0.3535533905932738]],
  ['POWER(_, _)', [98.6, 3.2], [77925.42708542234, 11023516.631146615]],
  ['(_) ^ (_)', [0.7, -2.5], [-8.711578785236105, -0.8700165249557427]],
  ['PRODUCT(_, _, _)', [3, -4, 0.5], [-2.0, 1.5, -12.0]],
  ['(_) / (_)', [3, -4], [-0.25, -0.1875]],
];

/** Slopes of a formula by the numbers that stand in it. */
function slopesOf(text: string, args: readonly number[], period = 2022) {
  let next = 0;
  const formula = text.replaceAll('_', () => `x${(next += 1)}`);
  const plan = args
    .reduce((built, _, index) => built.driver(`x${index + 1}`, '0'), aPlan())
    .line('y', {}, formula)
    .build();
  const moves = args.map((_, index): Move => ({ line: `x${index + 1}`, effect: 'set' }));
  const slopes = derivativesOf(buildEngine(plan), aScenario(), {
    moves,
    outputs: [{ line: 'y', period }],
  }).at(args);
  return { ...slopes, value: slopes.values[0], slopes: slopes.slopes[0] ?? [] };
}

describe('slopes', () => {
  it.each(KNOWN)('of %s at %j', (text, args, expected) => {
    const { slopes } = slopesOf(text, args);
    slopes.forEach((slope, index) => {
      const wanted = expected[index] as number;
      expect(Math.abs((slope as number) - wanted)).toBeLessThanOrEqual(2e-12 * Math.abs(wanted));
    });
  });

  it.each<[text: string, args: number[], slopes: number[]]>([
    ['SUM(_, _)', [1, 2], [1, 1]],
    ['AVERAGE(_, _, _, _)', [1, 2, 5, 0], [0.25, 0.25, 0.25, 0.25]],
    ['MEDIAN(_, _, _)', [7, 2, 5], [0, 0, 1]],
    ['MEDIAN(_, _, _, _)', [7, 2, 5, 1], [0, 0.5, 0.5, 0]],
    ['MIN(_, _)', [4, 3], [0, 1]],
    ['MAX(_, _)', [4, 3], [1, 0]],
    ['ABS(_)', [-3], [-1]],
    ['MOD(_, _)', [17, 5], [1, -3]],
    ['CEILING(_, _)', [17, 5], [0, 4]],
    ['FLOOR(_, _)', [17, 5], [0, 3]],
    ['ROUND(_, _)', [2.4, 0], [0, 0]],
    ['LOOKUP(_, {1, 2, 3}, {_, _, _})', [2.5, 10, 20, 30], [0, 0, 1, 0]],
    ['STEP(_, _)', [30, 2021], [1, 0]],
    ['STEP(_, _)', [30, 2023], [0, 0]],
    ['PULSE(_, _, _)', [30, 2021, 3], [1, 0, 0]],
    // two years of 5 since 2020; until 2021 one
    ['RAMP(_, _)', [5, 2020], [2, -5]],
    ['RAMP(_, _, _)', [5, 2020, 2021], [1, -5, 5]],
    ['INTERPOLATE(_, {0, 1}, {_, _})', [7, 3, 8], [0, 0, 1]],
    ['IF(_ > 2, _, _)', [3, 8, 9], [0, 1, 0]],
    ['IFERROR(1 / (_ - 2), _)', [2, 8], [0, 1]],
    ['(_ > 2) + (_ and 1) + ISBLANK(_) + not _', [3, 8, 9, 4], [0, 0, 0, 0]],
    // 2 (−3)^1, no slope by an exponent that no move changes
    ['(_) ^ 2 - _', [-3, 1], [-6, -1]],
  ])('of %s at %j are %j', (text, args, expected) => expect(slopesOf(text, args).slopes).toEqual(expected));

  it('are written in closed form for every function', () => {
    expect(functionList.filter(({ kind }) => kind === 'plain').length).toBeGreaterThan(30);
    expect(functionsByDifference()).toEqual([]);
  });

  it('can be found by differences where a form is not written', () => {
    // the slope of x e^x is (1 + x) e^x
    expect(slopeByDifference((x) => x * Math.exp(x), 1.5)).toBeCloseTo(2.5 * Math.exp(1.5), 9);
    expect(slopeByDifference((x) => (x > 1 ? NaN : x), 1)).toBeNaN();
  });
});

describe('where there is no one slope', () => {
  it.each<[text: string, args: number[], slopes: number[]]>([
    ['MIN(_, _)', [3, 3], [1, 0]],
    ['MAX(2, _, _)', [3, 3], [1, 0]],
    ['ABS(_)', [0], [1]],
    ['INTERPOLATE(_, {0, 1, 2}, {0, 5, 7})', [1], [2]],
    ['INTERPOLATE(_, {0, 1}, {0, 5})', [1], [0]],
    ['IF(_ > 2, 10, _)', [2, 5], [0, 1]],
  ])('that of the side taken is given and the cell is named: %s at %j', (text, args, expected) => {
    const { slopes, kinks } = slopesOf(text, args);
    expect(slopes).toEqual(expected);
    expect(kinks).toEqual([{ line: 'y', period: 2022 }]);
  });

  it.each<[text: string, args: number[]]>([
    ['MIN(_, 3)', [2]],
    ['ABS(_)', [0.1]],
    ['MIN(3, 3, _)', [9]],
    ['_ > 2 ? 1 : _', [3, 2]],
  ])('and no cell elsewhere: %s at %j', (text, args) => expect(slopesOf(text, args).kinks).toEqual([]));

  it('what moves in jumps is flat and named', () => {
    expect(slopesOf('INT(_ * 4)', [0.6])).toMatchObject({
      slopes: [0],
      kinks: [],
      steps: [{ line: 'y', period: 2022 }],
    });
    expect(slopesOf('INT(_ * 4)', [0.75])).toMatchObject({
      slopes: [0],
      kinks: [{ line: 'y', period: 2022 }],
    });
    expect(slopesOf('INT(2.5) * _', [0.75]).steps).toEqual([]);
  });

  it('an infinite one fails, and does not spoil those beside it', () => {
    const { value, slopes } = slopesOf('SQRT(_) + _', [0, 5]);
    expect(value).toBe(5);
    expect(slopes[0]).toMatchObject({ code: '#NUM!', reason: 'not_finite', line: 'y', period: 2022 });
    expect(slopes[1]).toBe(1);
  });

  it('a failure has its own failure as slope, what is missing has none', () => {
    expect(slopesOf('1 / _', [0]).slopes[0]).toMatchObject({ code: '#DIV/0!', line: 'y' });
    expect(slopesOf('y[t-1] + _', [4]).slopes).toEqual([null]);
  });
});
