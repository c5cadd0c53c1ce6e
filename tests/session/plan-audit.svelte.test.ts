/** The audit in a session: it answers, follows the plan and the reading, and writes its arithmetic with numbers. */
import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import { PlanAudit } from '#session';
import { loadPlan } from '../helpers/plans.ts';
import { openSession } from '../helpers/sessions.ts';

async function anAudit(id: string) {
  const { session } = await openSession(loadPlan(id));
  let audit!: PlanAudit;
  const stop = $effect.root(() => {
    audit = new PlanAudit(session);
    $effect(() => audit.inquiry.follow());
  });
  const answered = async () => {
    flushSync();
    await expect.poll(() => audit.shown?.isOutdated).toBe(false);
    return audit.shown as NonNullable<PlanAudit['shown']>;
  };
  return { session, audit, answered, stop };
}

it('parts what does not add up from what the targets leave open, and writes the arithmetic', async () => {
  const { audit, answered, stop } = await anAudit('huzhou-2021-2025');
  const { disagreements, windows, compared } = await answered();
  expect(compared.printed).toBe(66);
  expect(windows.map(({ rule }) => rule)).toEqual(['window']);
  expect(disagreements.some(({ rule }) => rule === 'window')).toBe(false);
  const exchanged = disagreements.find(({ lines }) => lines[0] === 'deposits');
  const [step] = exchanged?.steps ?? [];
  if (!exchanged || !step) throw new Error('deposits and loans are not exchanged');
  const { names, numbers } = audit.arithmetic(exchanged, step, 'zh', (_, { low }) => `${low} 亿元`);
  expect(names).toContain('[2020] ÷');
  expect(numbers).toBe('(5956.58 亿元 ÷ 3089.7 亿元)^(1 ÷ 5) − 1');
  stop();
});

it('asks anew when bare figures are read otherwise', async () => {
  const { audit, answered, stop } = await anAudit('zhoushan-2021-2025');
  const before = await answered();
  expect(before.findings.some(({ rule }) => rule === 'implied')).toBe(true);
  audit.readBareFigures('atLeast');
  flushSync();
  expect(audit.shown?.isOutdated).toBe(true);
  const after = await answered();
  expect(after.bareFigures).toBe('atLeast');
  expect(after.findings.some(({ rule }) => rule === 'implied')).toBe(false);
  stop();
});

it('counts the figures that nobody printed', async () => {
  const { audit, stop } = await anAudit('lishui-2021-2025');
  expect(audit.hasPrinted).toBe(true);
  const derived = loadPlan('lishui-2021-2025').lines.flatMap(({ figures = [] }) =>
    figures.filter(({ origin }) => origin !== 'printed'),
  );
  expect(audit.unprinted).toBe(derived.length);
  stop();
});
