/** The questions of the command `calc`, run as a person asks them; expected numbers by hand from the printed figures. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import type { CalcReport } from '../../src/app/calc-report.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'calc-analysis-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function calc(...args: string[]) {
  const run = spawnSync(process.execPath, ['src/app/build/run-calc.mjs', '--language', 'en', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, INIT_CWD: folder },
  });
  return { status: run.status, out: run.stdout.trimEnd(), error: run.stderr.trimEnd() };
}

const schema = JSON.parse(readFileSync(join(root, 'public/calc.schema.json'), 'utf8')) as object;
const isValid = new Ajv2020({ allowUnionTypes: true }).compile(schema);

/** The answer as JSON, in the shape of its schema. */
function answer(...args: string[]): CalcReport {
  const { out, error } = calc(...args, '--json');
  expect(error).toBe('');
  const report = JSON.parse(out) as CalcReport;
  expect(isValid(report), JSON.stringify(isValid.errors)).toBe(true);
  return report;
}

function only<T>(items: readonly T[] | undefined): T {
  const [first, ...rest] = items ?? [];
  if (first === undefined || rest.length > 0) throw new Error('not exactly one');
  return first;
}

const ZHOUSHAN = 'zhoushan-2021-2025';
const LISHUI = 'lishui-2021-2025';

// loans of 2020 as printed, and the growth that the plan's 4,300 needs
const LOANS_2020 = 2773.76;
const PLANNED = (4300 / LOANS_2020) ** (1 / 5) - 1;

/** A number at 12 significant digits. */
function near(value: number): unknown {
  return expect.closeTo(value, 11 - Math.floor(Math.log10(Math.abs(value) || 1)));
}

describe('--compare', () => {
  const comparison = only(answer(ZHOUSHAN, '--line', 'loans', '--compare', 'stress').compare);

  it('gives levels, differences and percent of the chosen line against the open scenario', () => {
    // the stress: loans grow 2.5 points less
    const level = LOANS_2020 * (1 + PLANNED - 0.025) ** 5;
    expect(Object.keys(comparison.lines)).toEqual(['loans']);
    const { levels, differences, relative } = comparison.lines['loans'] ?? {};
    expect(levels?.[10]).toEqual(near(level));
    expect(differences?.[10]).toEqual(near(level - 4300));
    expect(relative?.[10]).toEqual(near(level / 4300 - 1));
    expect([levels?.[0], differences?.[0], relative?.[0]]).toEqual([1499.84, 0, 0]);
    // not printed for 2016, in neither
    expect([levels?.[1], differences?.[1], relative?.[1]]).toEqual([null, null, null]);
  });

  it('lists the inputs that differ, as the scenario of the plan states them', () => {
    expect(comparison.inputs.map(({ line }) => line).sort()).toEqual(
      [
        'gdp_growth',
        'loan_growth',
        'deposit_growth',
        'npl_formation',
        'insurance_depth',
        'commodity_margin',
        'bond_rate',
      ].sort(),
    );
    const plain = { kind: 'formula', formula: 'RRI(5, loans[base], 4300)', transforms: [] };
    expect(comparison.inputs.find(({ line }) => line === 'loan_growth')?.spans).toEqual([
      {
        from: 2021,
        to: 2025,
        kinds: ['change'],
        before: plain,
        after: { ...plain, transforms: [{ kind: 'add', by: -0.025 }] },
      },
    ]);
  });

  it('takes several, from files too, and what was set on the open one', () => {
    const mine = {
      id: 'mine',
      name: { zh: '我的', en: 'Mine' },
      changes: [{ line: 'loan_growth', set: 0.05 }],
    };
    writeFileSync(join(folder, 'mine.scenario.json'), JSON.stringify(mine));
    const { compare } = answer(
      ZHOUSHAN,
      ...['--set', 'loan_growth=10%', '--line', 'loans', '--compare', 'plan,mine.scenario.json'],
    );
    expect(compare?.map(({ scenario }) => scenario)).toEqual(['plan', 'mine']);
    const reference = LOANS_2020 * 1.1 ** 5;
    const differences = compare?.map(({ lines }) => lines['loans']?.differences[10]);
    expect(differences).toEqual([near(4300 - reference), near(LOANS_2020 * 1.05 ** 5 - reference)]);
  });

  it('is readable: what differs as rows, the inputs as rules', () => {
    const rows = calc(
      ZHOUSHAN,
      '--line',
      'loans',
      '--line',
      'village_coverage',
      '--compare',
      'stress',
    ).out.split('\n');
    expect(rows[0]).toBe('“Stress” against “Plan”');
    expect(rows[2]).toMatch(/^Outstanding loans of financial institutions\t1,499\.84\t.*\t3,829\.66$/);
    expect(rows[3]).toMatch(/^difference\t0\t.*\t−470\.336$/);
    expect(rows[4]).toMatch(/^percent\t0%\t.*\t−10\.9381%$/);
    expect(rows).toContain('Lines that are the same in both: 1');
    expect(rows).toContain(
      'Loan growth\t2021–2025\t=RRI(5, loans[base], 4300)\t→\t=RRI(5, loans[base], 4300) −2.5 pp',
    );
    expect(calc(ZHOUSHAN, '--line', 'loans', '--compare', 'plan').out).toContain('No input differs.');
  });
});

describe('--bridge', () => {
  // leasing 2025 = 426.06 (1 + loan growth + margin)^5, from (5 %, 3 %) to (7 %, 6 %)
  const args = [ZHOUSHAN, '--set', 'loan_growth=5%', '--set', 'leasing_margin=3%'];
  const other = {
    id: 'other',
    name: { zh: '另', en: 'Other' },
    changes: [
      { line: 'loan_growth', set: 0.07 },
      { line: 'leasing_margin', set: 0.06 },
      { line: 'village_coverage', set: 0.9 },
    ],
  };
  writeFileSync(join(folder, 'other.scenario.json'), JSON.stringify(other));
  const asked = [...args, '--bridge', 'other.scenario.json', '--cell', 'leasing@2025'];
  const worth = (growth: number, margin: number) => 426.06 * (1 + growth + margin) ** 5;
  const [none, all, growth, margin] = [
    worth(0.05, 0.03),
    worth(0.07, 0.06),
    worth(0.07, 0.03),
    worth(0.05, 0.06),
  ];
  const byGrowth = (growth - none + (all - margin)) / 2;
  const byMargin = (margin - none + (all - growth)) / 2;

  it('gives each assumption its mean over both orders, exactly, with the rule', () => {
    const { bridge } = answer(...asked);
    if (bridge?.kind !== 'bridge') throw new Error(bridge?.kind);
    expect(bridge).toMatchObject({
      ...{ from: 'plan', to: 'other', line: 'leasing', period: 2025 },
      ...{ before: near(none), after: near(all), difference: near(all - none) },
      rule: { kind: 'shapley', method: 'exact', orders: 2, evaluations: 4, remainder: 'largest' },
    });
    expect(bridge.items.map(({ line, contribution, reaches }) => [line, contribution, reaches])).toEqual([
      ['loan_growth', expect.closeTo(byGrowth, 9), true],
      ['leasing_margin', expect.closeTo(byMargin, 9), true],
      ['village_coverage', 0, false],
    ]);
    const sum = bridge.items.reduce((total, { contribution }) => total + contribution, 0);
    expect(Math.abs(sum - bridge.difference)).toBeLessThan(1e-9);
  });

  it('is readable: ends, the largest first, and the rule as a sentence', () => {
    const shown = (value: number) => String(Number(value.toPrecision(6)));
    expect(calc(...asked).out.split('\n')).toEqual([
      `Financial leasing business, 2025: from ${shown(none)} in “Plan” to ${shown(all)} in “other”, +${shown(all - none)}`,
      `Growth of leasing over loan growth\t+${shown(byMargin)}`,
      `Loan growth\t+${shown(byGrowth)}`,
      'Administrative villages covered by financial service stations\tdoes not reach it',
      expect.stringContaining('over all 2 orders') as string,
    ]);
  });

  it('says with which assumptions there is no number to share out', () => {
    const broken = { ...other, id: 'broken', changes: [{ line: 'loan_growth', formula: '1 / 0' }] };
    writeFileSync(join(folder, 'broken.scenario.json'), JSON.stringify(broken));
    const toBroken = [ZHOUSHAN, '--bridge', 'broken.scenario.json', '--cell', 'loans'];
    expect(answer(...toBroken).bridge).toMatchObject({
      kind: 'undefined',
      changed: ['loan_growth'],
      value: { failure: '#DIV/0!' },
    });
    expect(calc(...toBroken).out).toMatch(
      /cannot be shared out.*: Loan growth\. #DIV\/0! The divisor is zero/,
    );
  });
});

describe('--goal', () => {
  const seek = (goal: string, by: string) => answer(ZHOUSHAN, '--goal', goal, '--by', by).goal;

  it('finds the growth that a level needs: (5,000 / 2,773.76)^(1/5) − 1', () => {
    const level = (5000 / LOANS_2020) ** (1 / 5) - 1;
    const found = {
      ...{ kind: 'found', line: 'loans', period: 2025, wanted: 5000 },
      driver: { line: 'loan_growth', min: 0, max: 0.2 },
      ...{ level: near(level), present: near(PLANNED), shift: near(level - PLANNED), value: near(5000) },
      roots: [{ from: near(level), to: near(level) }],
      gaps: [],
    };
    expect(seek('loans@2025=5,000', 'loan_growth')).toEqual(found);
    // a line by its name, the last period where none is given, bounds as written
    const named = seek('金融机构各项贷款余额=5000', '各项贷款增速:0%..50%');
    expect(named).toMatchObject({
      kind: 'found',
      level: near(level),
      driver: { line: 'loan_growth', min: 0, max: 0.5 },
    });
    const { out } = calc(ZHOUSHAN, '--goal', 'loans=5000', '--by', 'loan_growth');
    expect(out.split('\n')[0]).toBe(
      'Outstanding loans of financial institutions, 2025, is 5,000 with “Loan growth” at 12.5072% (+3.34306 pp from 9.16412%).',
    );
  });

  it('finds both roots of a square and takes the nearer', () => {
    // loans as 1,000 x² of a margin that stands at 3 %: 10 at x = ±10 %
    const square = ['--set', 'loans==1000*leasing_margin^2@2025', '--set', 'leasing_margin=3%'];
    const asked = [ZHOUSHAN, ...square, '--goal', 'loans=10', '--by', 'leasing_margin:-20%..20%'];
    expect(answer(...asked).goal).toMatchObject({
      kind: 'found',
      level: expect.closeTo(0.1, 9) as number,
      roots: [{ from: expect.closeTo(-0.1, 9) as number }, { from: expect.closeTo(0.1, 9) as number }],
    });
    expect(calc(...asked).out).toContain('at which it is: −10%, 10%');
  });

  it('says where it ends when the target cannot be reached', () => {
    // at most 20 % a year
    const most = LOANS_2020 * 1.2 ** 5;
    const goal = seek('loans=50000', 'loan_growth');
    expect(goal).toMatchObject({
      kind: 'unreachable',
      at: 'max',
      nearest: { level: 0.2, value: near(most) },
    });
    const { status, out } = calc(ZHOUSHAN, '--goal', 'loans=50000', '--by', 'loan_growth');
    expect(out.split('\n')).toEqual([
      'Outstanding loans of financial institutions, 2025, cannot be 50,000 with “Loan growth” from 0% to 20%.',
      'At the upper limit, 20%, you end at 6,902.',
    ]);
    expect(status).toBe(0);
  });

  it('says that the target does not depend on the driver', () => {
    expect(seek('deposits=5000', 'loan_growth')).toMatchObject({ kind: 'independent' });
    const { out } = calc(ZHOUSHAN, '--goal', 'deposits=5000', '--by', 'loan_growth');
    expect(out).toMatch(
      /^Deposits .*, 2025, does not depend on “Loan growth”: it is 3,602\.06 at every level/,
    );
  });
});

describe('--solve, Lishui with the loan share held', () => {
  const WANTED = 'green_loans=332,green_share>=10%,deposits_loans@2025=10000';
  const BY = 'deposits_loans_growth,green_share';
  const asked = [
    ...[LISHUI, '--solve', WANTED, '--by', BY],
    ...['--hold', 'loan_share', '--watch', 'loans,deposits,loan_deposit_ratio'],
  ];
  const { solve } = answer(...asked);
  if (solve?.kind !== 'contradiction') throw new Error(solve?.kind);

  it('finds the three contradicting each other, bare figures as equal', () => {
    expect(solve).toMatchObject({ bareFigures: 'equal', conflicts: [[0, 1, 2]], isComplete: true });
    expect(solve.wanted).toEqual([
      { line: 'green_loans', period: 2025, comparator: '=', low: 332, high: 332 },
      { line: 'green_share', period: 2025, comparator: '>=', low: 0.1, high: null },
      { line: 'deposits_loans', period: 2025, comparator: '=', low: 10000, high: 10000 },
    ]);
    expect(solve.compromise.targets.map(({ miss }) => Math.sign(miss))).toEqual([1, -1, -1]);
  });

  it('shows both repairs: loans at most 332 / 10 %, or green loans at least 10 % of the loans', () => {
    const freed = only(solve.repairs.filter((one) => one.kind === 'freeDriver'));
    expect(freed).toMatchObject({ driver: { line: 'loan_share' } });
    const [loans, deposits, ratio] = freed.solution.watched;
    expect(loans?.highest).toMatchObject({ value: expect.closeTo(3320, 6) as number, bounds: [] });
    expect(deposits?.lowest).toMatchObject({ value: expect.closeTo(6680, 6) as number, bounds: [] });
    expect(ratio?.highest).toMatchObject({ value: expect.closeTo(3320 / 6680, 10) as number, bounds: [] });
    const dropped = solve.repairs.find((one) => one.kind === 'dropTargets' && one.targets.join() === '0');
    if (dropped?.kind !== 'dropTargets') throw new Error('the 332 is not freed');
    // loans of 2020 as the plan writes them: 166 / 6 %, rounded
    expect(dropped.dropped[0]?.lowest.value).toBeCloseTo(((0.1 * 2766.67) / 6237.9) * 10000, 6);
  });

  it('takes the same from the plan where lines alone are given', () => {
    const lines = 'green_loans,green_share,deposits_loans';
    const own = answer(LISHUI, '--solve', lines, '--by', BY).solve;
    expect(own).toMatchObject({ kind: 'contradiction', conflicts: [[0, 1, 2]], wanted: solve.wanted });
  });

  it('is possible where bare figures are read as at least, and says so', () => {
    const loose = [LISHUI, '--solve', WANTED, '--by', BY, '--bare-figures', 'atLeast'];
    expect(answer(...loose).solve).toMatchObject({
      kind: 'met',
      bareFigures: 'atLeast',
      solution: { cost: expect.closeTo(0, 12) as number },
    });
    expect(calc(...loose).out).toMatch(/^All targets can be met\.[^]*Bare figures are read as at least that/);
  });

  it('is readable: who contradicts whom, the compromise, every way out', () => {
    const { out, status } = calc(...asked);
    expect(status).toBe(0);
    const rows = out.split('\n');
    expect(rows[1]).toBe(
      'Green loans 2025 = 332\tGreen loans as share of total loans 2025 ≥ 10%\t' +
        'RMB deposits and loans of financial institutions 2025 = 10,000',
    );
    expect(rows.filter((row) => row.startsWith('A way out'))).toHaveLength(4);
    expect(rows).toContain(
      '  Total loans (implied), 2025: 3,320; possible from 3,000 (set by Loans as share of deposits and loans at its lower bound) ' +
        'to 3,320 (set by the other targets)',
    );
    // what is left of rounding is not shown as a change
    expect(out).not.toMatch(/0\.00000000000/);
    expect(out).not.toMatch(/NaN|undefined/);
  });
});

describe('--solve with a smallest change', () => {
  it('is the known one: premium 100 at a depth of 5 % needs a GDP of 2,000', () => {
    const args = [
      '--solve',
      'premiums,insurance_depth',
      '--by',
      'gdp_growth,insurance_depth',
      '--watch',
      'gdp',
    ];
    const { solve } = answer(LISHUI, '--scenario', 'stress', ...args);
    if (solve?.kind !== 'met') throw new Error(solve?.kind);
    const { drivers, watched } = solve.solution;
    expect(drivers.map(({ line, level }) => [line, level])).toEqual([
      ['gdp_growth', expect.closeTo((2000 / 1539.16) ** (1 / 5) - 1, 10)],
      ['insurance_depth', expect.closeTo(0.05, 10)],
    ]);
    expect(watched[0]?.value).toBeCloseTo(2000, 6);
  });

  it('weighs drivers, keeps to bounds and prices them', () => {
    // leasing 600 needs loan growth a + margin b = r; with a held at most at 5 %, b makes up the rest
    const need = (600 / 426.06) ** (1 / 5) - 1;
    const start = ['--set', 'loan_growth=4%', '--set', 'leasing_margin=1%'];
    const by = 'loan_growth:0%..4.5%,leasing_margin:-10%..10%:2';
    const { solve } = answer(ZHOUSHAN, ...start, '--solve', 'leasing@2025>=600', '--by', by);
    if (solve?.kind !== 'met') throw new Error(solve?.kind);
    const [growth, margin] = solve.solution.drivers;
    expect(growth).toMatchObject({ level: 0.045, bound: 'max' });
    expect(margin).toMatchObject({ level: expect.closeTo(need - 0.045, 9) as number, bound: null });
    // measured against a tenth of the range where the present is less: 4 %, and 2 % for the margin
    const moved = (need - 0.045 - 0.01) / 0.02;
    expect(solve.solution.cost).toBeCloseTo((0.005 / 0.04) ** 2 + 2 * moved ** 2, 8);
    // cost by target: 2 · 2 · moved / 2 % for the margin, over the slope of leasing by it
    const slope = 5 * 426.06 * (1 + need) ** 4;
    expect(only(solve.solution.targets).shadowPrice).toBeCloseTo((4 * moved) / 0.02 / slope, 6);
    // a wider bound saves what the margin costs, but costs 2 · 0.125 / 4 % itself
    expect(growth?.boundPrice).toBeCloseTo((4 * moved) / 0.02 - (2 * 0.125) / 0.04, 4);
  });
});

describe('--tornado', () => {
  it('moves each driver alone over its lever: leasing 2025 = 426.06 (1 + growth + margin)^5', () => {
    const start = ['--set', 'loan_growth=6%', '--set', 'leasing_margin=1%'];
    const worth = (growth: number, margin: number) => 426.06 * (1 + growth + margin) ** 5;
    const { tornado } = answer(ZHOUSHAN, ...start, '--tornado', 'leasing@2025');
    expect(tornado).toMatchObject({ line: 'leasing', period: 2025, present: near(worth(0.06, 0.01)) });
    const [growth, margin, ...rest] = tornado?.bars ?? [];
    expect(margin).toMatchObject({
      ...{ line: 'leasing_margin', low: -0.1, high: 0.1, from: 'lever', isMonotone: true, unknown: 0 },
      ...{ atLow: near(worth(0.06, -0.1)), atHigh: near(worth(0.06, 0.1)) },
    });
    expect(growth).toMatchObject({
      ...{ line: 'loan_growth', low: 0, high: 0.2 },
      ...{ atLow: near(worth(0, 0.01)), atHigh: near(worth(0.2, 0.01)) },
    });
    for (const { atLow, atHigh } of rest)
      expect([atLow, atHigh]).toEqual([near(worth(0.06, 0.01)), near(worth(0.06, 0.01))]);
    const rows = calc(ZHOUSHAN, ...start, '--tornado', 'leasing').out.split('\n');
    expect(rows).toHaveLength(4);
    expect(rows[1]).toMatch(/^Loan growth\t0% → 20%\t/);
    expect(rows[3]).toBe('Drivers that do not move it: 17');
  });
});

describe('--mc', () => {
  const SAMPLES = 20_000;
  const [mean, sd] = [0.09, 0.01];
  const asked = [ZHOUSHAN, '--line', 'loans', '--set', 'loan_growth=normal(9%,1%)', '--mc', `${SAMPLES}:7`];
  const { mc } = answer(...asked);

  it('gives the spread of 2,773.76 (1 + g)^5 for a normal g, within four standard errors of plain chance', () => {
    const cell = mc?.cells.find(({ period }) => period === 2025);
    if (!cell?.figures) throw new Error('no spread');
    expect(mc).toMatchObject({ samples: SAMPLES, seed: 7, failedSamples: 0, failures: [], unused: [] });
    expect(mc?.drivers).toMatchObject([
      { line: 'loan_growth', distribution: 'normal', course: 'once', mean, sd },
    ]);
    expect(cell).toMatchObject({ line: 'loans', isFixed: false, numbers: SAMPLES, missing: 0, failed: 0 });
    // even moments of a normal: σ² and 3 σ⁴
    const closed = LOANS_2020 * (1.09 ** 5 + 10 * 1.09 ** 3 * sd ** 2 + 15 * 1.09 * sd ** 4);
    const spread = LOANS_2020 * 5 * 1.09 ** 4 * sd;
    expect(Math.abs(cell.figures.mean - closed)).toBeLessThan((4 * spread) / Math.sqrt(SAMPLES));
    // Φ⁻¹(0.95) = 1.6448536; densities 0.3989423 at 0 and 0.1031356 there
    const percentiles = [
      ['0.05', -1.6448536, 0.05, 0.1031356],
      ['0.5', 0, 0.5, 0.3989423],
      ['0.95', 1.6448536, 0.95, 0.1031356],
    ] as const;
    for (const [share, score, p, density] of percentiles) {
      const growth = 1.09 + score * sd;
      const error = (Math.sqrt((p * (1 - p)) / SAMPLES) / density) * sd * LOANS_2020 * 5 * growth ** 4;
      expect(Math.abs((cell.figures.percentiles[share] ?? NaN) - LOANS_2020 * growth ** 5)).toBeLessThan(
        4 * error,
      );
    }
  });

  it('gives the probability of the target: 4,300 as printed, from 4,299.5', () => {
    // z = ((4,299.5 / 2,773.76)^(1/5) − 1.09) / 1 % = 0.16158, 1 − Φ(z) = 0.435818
    const target = only(mc?.targets);
    expect(target).toMatchObject({ line: 'loans', period: 2025, unknown: 0 });
    expect(Math.abs(target.met.share - 0.435818)).toBeLessThan(4 * Math.sqrt((0.4358 * 0.5642) / SAMPLES));
    expect(mc?.allMet).toEqual(target.met);
  });

  it('gives a histogram that counts every sample once, as the closed form spreads them', () => {
    const figures = mc?.cells.find(({ period }) => period === 2025)?.figures;
    if (!figures) throw new Error('no spread');
    const { from, to, counts, below, above } = figures.histogram;
    expect(counts.reduce((sum, count) => sum + count, below + above)).toBe(SAMPLES);
    // half of a normal growth lies below 9 %, so half of the loans below 2,773.76 × 1.09^5 = 4,267.77
    const width = (to - from) / counts.length;
    const median = LOANS_2020 * 1.09 ** 5;
    const under = counts.reduce((sum, count, bar) => {
      const share = Math.min(Math.max((median - (from + bar * width)) / width, 0), 1);
      return sum + share * count;
    }, below);
    expect(Math.abs(under / SAMPLES - 0.5)).toBeLessThan(0.01);
  });

  it('gives the shares of the drivers in the spread: of two independent ones that add up, their variances', () => {
    // the line is 3 a + 4 b with equal deviations: 9 / 25 and 16 / 25, alone and in total
    const sum = ['--set', 'loans==3 * loan_growth + 4 * gdp_growth'];
    const both = ['--set', 'loan_growth=normal(9%,1%)', '--set', 'gdp_growth=normal(5%,1%)'];
    const found = answer(ZHOUSHAN, '--line', 'loans', ...sum, ...both, '--mc', '1000:3').mc;
    const { line, period, groups } = only(found?.indices);
    expect([line, period]).toEqual(['loans', 2025]);
    expect(groups.map(({ lines }) => lines)).toEqual([['gdp_growth'], ['loan_growth']]);
    for (const [index, share] of [16 / 25, 9 / 25].entries()) {
      const { first, total } = groups[index] ?? {};
      for (const one of [first, total])
        expect(Math.abs((one?.share ?? NaN) - share)).toBeLessThan(4 * (one?.standardError ?? NaN) + 1e-9);
    }
    const moving = [
      '--set',
      'loan_growth=normal(9%,1%) moves with gdp_growth 0.5',
      '--set',
      'gdp_growth=normal(5%,1%)',
    ];
    const tied = answer(ZHOUSHAN, '--line', 'loans', ...sum, ...moving, '--mc', '1000:3').mc;
    expect(tied?.correlations).toEqual([{ lines: ['loan_growth', 'gdp_growth'], rank: 0.5 }]);
    expect(tied?.indices[0]?.groups.map(({ lines }) => lines.toSorted())).toEqual([
      ['gdp_growth', 'loan_growth'],
    ]);
  });

  it('says why a correlation is not used', () => {
    const { out } = calc(
      ZHOUSHAN,
      '--line',
      'loans',
      '--set',
      'loan_growth=1% to 2% moves with gdp_growth 0.5',
      '--mc',
      '10',
    );
    expect(out).toContain('Not drawn: The correlation of “Loan growth” and “Nominal GDP growth” is not used');
  });

  it('gives the same for the same seed, and another for another', () => {
    expect(answer(...asked).mc).toEqual(mc);
    const other = answer(...asked.slice(0, -1), `${SAMPLES}:8`).mc;
    expect(other?.cells[4]?.figures?.mean).not.toBe(mc?.cells[4]?.figures?.mean);
  });

  it('is readable, and says when nothing is uncertain', () => {
    const { out } = calc(...asked);
    expect(out).toMatch(/^20,000 samples, seed 7\nLoan growth\tnormal\t9%\t± 1%\n/);
    // an error has two digits: more say nothing
    const errors = [...out.matchAll(/± ([\d.]+)%/g)].map(([, error = '']) => error);
    expect(errors.length).toBeGreaterThan(2);
    for (const error of errors) expect(error).toMatch(/^(?:0|0\.0*[1-9]\d?|[1-9]\d?|[1-9]\.\d)$/);
    expect(out).toMatch(
      /\nOutstanding loans of financial institutions\t2025\t= 4,300\t43\.\d+%\t± 0\.\d+%\n/,
    );
    expect(calc(ZHOUSHAN, '--line', 'loans', '--mc', '100').out).toContain(
      'every sample is the scenario itself',
    );
  });

  it('reports the share of samples that fail', () => {
    // the root of the growth itself fails where it is negative: half of the samples
    const failing = ['--set', 'loan_growth=normal(0%,1%)', '--set', 'loans==SQRT(loan_growth)@2025'];
    const half = answer(ZHOUSHAN, '--line', 'loans', ...failing, '--mc', '1000').mc;
    const cell = half?.cells.find(({ period }) => period === 2025);
    if (!half || !cell) throw new Error('no spread');
    expect(cell.numbers + cell.failed).toBe(1000);
    expect(half.failedSamples).toBe(cell.failed);
    expect(Math.abs(cell.failed / 1000 - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 1000));
    expect(half.failures).toMatchObject([{ failure: '#NUM!' }]);
  });
});

describe('--stack', () => {
  it('lays scenarios on the open one, the nearest first, and says where they contradict each other', () => {
    const part = (id: string, growth: number) => {
      const changes = [{ line: 'loan_growth', set: growth }];
      writeFileSync(join(folder, `${id}.json`), JSON.stringify({ id, name: { zh: id, en: id }, changes }));
      return `${id}.json`;
    };
    const report = answer(
      ZHOUSHAN,
      '--stack',
      `${part('high', 0.12)},${part('low', 0.03)}`,
      '--line',
      'loans',
    );
    expect(report.lines['loans']?.values.at(-1)).toBeCloseTo(LOANS_2020 * 1.12 ** 5, 6);
    expect(report).toMatchObject({ scenario: 'plan', stack: ['high', 'low'] });
    expect(report.conflicts).toEqual([
      {
        line: 'loan_growth',
        from: 2021,
        to: 2025,
        winner: { scenario: 'high', kind: 'value' },
        covered: [{ scenario: 'low', kind: 'value' }],
      },
    ]);
    expect(calc(ZHOUSHAN, '--stack', 'high.json,low.json', '--line', 'loans').out).toContain(
      'Loan growth\t2021–2025\thigh covers low',
    );
  });
});

describe('bad questions', () => {
  const plan = ZHOUSHAN;
  it.each([
    [[plan, '--compare', 'boom'], 'This plan has no scenario “boom”.'],
    [[plan, '--bridge', 'stress'], '--bridge needs --cell.'],
    [[plan, '--cell', 'gdp'], '--cell needs --bridge.'],
    [[plan, '--bridge', 'stress', '--cell', 'boom'], 'This plan has no line “boom”.'],
    [
      [plan, '--bridge', 'stress', '--cell', 'gdp@2050'],
      '“2050” is outside of the plan’s periods 2015–2025.',
    ],
    [[plan, '--bridge', 'stress', '--cell', '@2025'], '--cell is written line@period, not “@2025”.'],
    [[plan, '--goal', 'loans=5000'], '--goal needs --by.'],
    [[plan, '--goal', 'loans=abc', '--by', 'loan_growth'], '--goal is written'],
    [[plan, '--goal', 'loans=1', '--goal', 'gdp=1', '--by', 'loan_growth'], '--goal can be given once only.'],
    [
      [plan, '--goal', 'loans=1', '--by', 'loan_growth,gdp_growth'],
      '--goal moves one driver, but --by names 2.',
    ],
    [
      [plan, '--goal', 'loans=1', '--by', 'gdp'],
      '“gdp” has no lever in this plan: write its bounds, as gdp:min..max.',
    ],
    [[plan, '--goal', 'loans=1', '--by', 'loan_growth:9%..2%'], '--by is written line, line:min..max'],
    [[plan, '--solve', 'loans>=abc', '--by', 'loan_growth'], '--solve is written line>=value'],
    [[plan, '--solve', 'gdp', '--by', 'gdp_growth'], 'The plan wants nothing of “gdp”'],
    [
      [plan, '--solve', 'loans', '--by', 'loan_growth', '--hold', 'loan_growth'],
      '“loan_growth” is named more than once',
    ],
    [
      [plan, '--solve', 'loans', '--by', 'loan_growth', '--bare-figures', 'maybe'],
      '--bare-figures is equal or atLeast',
    ],
    [[plan, '--by', 'loan_growth'], '--by needs --goal / --solve.'],
    [[plan, '--watch', 'loans'], '--watch needs --solve.'],
    [[plan, '--tornado', 'boom'], 'This plan has no line “boom”.'],
    [[plan, '--mc', '0'], '--mc is written samples or samples:seed, with 1 to 1000000 samples, not “0”.'],
    [[plan, '--mc', '1000001'], '--mc is written samples'],
    [[plan, '--mc', '100:x'], '--mc is written samples'],
    [[plan, '--set', 'loan_growth=2 to 6%', '--mc', '100'], '“2” has no percent sign'],
    [[plan, '--set', 'loan_growth=normal(6%, 0%)', '--mc', '100'], 'has no spread'],
    [[plan, '--set', 'loans=2% to 6%', '--mc', '100'], 'Only a driver can have a distribution.'],
    [[plan, '--set', 'loan_growth=2% to 6% moves with loans 0.5'], 'Only drivers move together.'],
    [[plan, '--set', 'loan_growth=2% to 6% moves with loan_growth 0.5'], 'cannot move together with itself'],
    [[plan, '--stack', 'boom'], 'This plan has no scenario “boom”.'],
    [['--stack', 'stress', '--eval', '1'], '--stack needs a plan.'],
    [['--compare', 'stress'], '--compare needs a plan.'],
    [['--compare', 'stress', '--eval', '1+1'], '--compare needs a plan.'],
  ])('%j is answered on stderr with exit code 1', (args, sentence) => {
    const { status, out, error } = calc(...args);
    expect(error).toContain(sentence);
    expect({ status, out }).toEqual({ status: 1, out: '' });
  });
});
