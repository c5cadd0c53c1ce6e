/** The audit against one that was made by hand from the printed plans: nothing is missed, and nothing is said that is not so. */
import { describe, expect, it } from 'vitest';
import { audit, type Finding } from '#analysis';
import { buildEngine } from '#engine';
import { loadPlan } from '../../helpers/plans.ts';
import { HAND_AUDITS, type HandFinding } from './independent-audit.ts';

/** How much of what was found by hand the program has to find. */
const RECALL = 0.9;

const RESULTS = HAND_AUDITS.map((hand) => ({
  ...hand,
  findings: audit(buildEngine(loadPlan(hand.plan))).findings,
}));

function isSame({ rule, line }: HandFinding, finding: Finding): boolean {
  return finding.rule === rule && finding.lines[0] === line;
}

/** What a finding says: a window's level, else what its arithmetic comes to. */
function saidBy({ window, steps }: Finding) {
  return window?.level ?? steps.at(-1)?.result;
}

describe.each(RESULTS)('$plan', ({ found, trueToo, findings }) => {
  it.each(found)('finds $rule of $line: $because', (hand) => {
    expect(findings.filter((one) => isSame(hand, one))).toHaveLength(1);
  });

  it.each([...found, ...trueToo].filter(({ between }) => between !== undefined))(
    'comes to the same for $rule of $line: $because',
    (hand) => {
      const [low, high] = hand.between ?? [-Infinity, Infinity];
      const finding = findings.find((one) => isSame(hand, one));
      const said = finding && saidBy(finding);
      expect(said?.low).toBeGreaterThanOrEqual(low);
      expect(said?.high).toBeLessThanOrEqual(high);
      // as wide as on paper, but for the digits that are written there
      const room = Math.max(2e-4 * Math.abs(low), Number.isFinite(high) ? 2e-4 * Math.abs(high) : 0);
      expect(said?.low ?? NaN).toBeLessThanOrEqual(low + room);
      if (Number.isFinite(high)) expect(said?.high ?? NaN).toBeGreaterThanOrEqual(high - room);
    },
  );

  it('says nothing that was not checked by hand', () => {
    const unexplained = findings.filter((one) => ![...found, ...trueToo].some((hand) => isSame(hand, one)));
    expect(unexplained.map(({ id }) => id)).toEqual([]);
  });
});

it('tells at least nine tenths of what was found by hand', () => {
  const told = RESULTS.flatMap(({ found, findings }) =>
    found.filter((hand) => findings.some((one) => isSame(hand, one))),
  ).length;
  const byHand = HAND_AUDITS.flatMap(({ found, notTold }) => [...found, ...notTold]).length;
  expect(told / byHand).toBeGreaterThanOrEqual(RECALL);
});
