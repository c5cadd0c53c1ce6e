/** Levers: where each driver stands and which marks its track has; what is typed into its box. */
import { describe, expect, it } from 'vitest';
import { parseUnit } from '#quantity';
import { Levers, readLeverEntry, type Lever } from '#session';
import { loadPlan } from '../helpers/plans.ts';
import { openSession } from '../helpers/sessions.ts';

async function leverOf(plan: string, id: string): Promise<Lever> {
  const { session } = await openSession(loadPlan(plan));
  const lever = new Levers(session).all.find((one) => one.line.id === id);
  if (!lever) throw new Error(`${plan} has no lever ${id}`);
  return lever;
}

const kinds = (lever: Lever) => lever.notches.map((notch) => notch.kind);

describe('the notches of a lever', () => {
  it('are the plan, the trend, and the growth that the document states', async () => {
    const lever = await leverOf('fuzhou-2021-2025', 'loan_growth');
    expect(kinds(lever)).toEqual(['plan', 'trend', 'stated']);
  });

  it('leave a stated growth out where the lever sets a share or a margin of the line', async () => {
    expect(kinds(await leverOf('jian-2021-2025', 'ldr'))).not.toContain('stated');
    expect(kinds(await leverOf('jian-2021-2025', 'insurance_depth'))).not.toContain('stated');
    expect(kinds(await leverOf('lishui-2021-2025', 'mfg_margin'))).not.toContain('stated');
  });
});

describe('what is typed into a lever’s box', () => {
  const percent = parseUnit('%') ?? expect.unreachable();
  const bounds = { min: 0, max: 0.14 };

  it.each([
    ['8%', 0.08, false],
    ['8', 0.08, false],
    ['0.08', 0.08, true],
    ['0.5', 0.005, false],
    ['-1', -0.01, false],
    ['0', 0, false],
  ])('reads %s', (text, level, isFraction) => {
    expect(readLeverEntry(text, percent, bounds)).toEqual({ kind: 'level', level, isFraction });
  });

  it('takes a plain unit as it stands', () => {
    const count = parseUnit('家') ?? expect.unreachable();
    expect(readLeverEntry('0.5', count, { min: 0, max: 10 })).toMatchObject({
      level: 0.5,
      isFraction: false,
    });
  });

  it('refuses what is not a number', () => {
    expect(readLeverEntry('=8%', percent, bounds)).toMatchObject({
      kind: 'refused',
      problem: { code: 'number_expected' },
    });
  });
});
