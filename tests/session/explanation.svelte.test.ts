/** An explanation unfolds each cell once, keeps to its cell while a person looks around, and a walk finds its way back. */
import { describe, expect, it } from 'vitest';
import { cellTraceOf, explanationOf, type ExplainedCell } from '#session';
import { aPlan } from '#tests/builders';
import { openSession } from '#tests/sessions';

const plan = aPlan()
  .driver('growth', '10%')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .line('deposits', {}, 'loans * 2')
  .line('both', {}, 'loans + deposits')
  .build();

async function at(line: string, period: number) {
  const { session } = await openSession(plan);
  session.select(line, period);
  return { session, explanation: explanationOf(session), trace: cellTraceOf(session) };
}

const shape = ({ derivation: { line, period }, state, parts }: ExplainedCell): unknown[] => [
  `${line} ${period} ${state}`,
  ...parts.map(shape),
];

describe('the tree', () => {
  it('shows a cell with its inputs, and these closed', async () => {
    const { explanation } = await at('both', 2021);
    expect(explanation.tree && shape(explanation.tree)).toEqual([
      'both 2021 open',
      ['loans 2021 closed'],
      ['deposits 2021 closed'],
    ]);
  });

  it('unfolds everything, a cell that was unfolded above not again', async () => {
    const { explanation } = await at('both', 2021);
    explanation.unfoldAll();
    expect(explanation.tree && shape(explanation.tree)).toEqual([
      'both 2021 open',
      ['loans 2021 open', ['loans 2020 leaf'], ['growth 2021 leaf']],
      ['deposits 2021 open', ['loans 2021 above']],
    ]);
    const above = explanation.cells.at(-1);
    expect(explanation.cells.find(({ key }) => key === above?.aboveKey)?.state).toBe('open');
    explanation.foldAll();
    expect(explanation.cells).toHaveLength(3);
  });

  it('follows a change of the numbers', async () => {
    const { session, explanation } = await at('loans', 2021);
    expect(explanation.tree?.derivation.value).toBeCloseTo(110, 9);
    session.enterFormula('growth', '20%');
    expect(explanation.tree?.derivation.value).toBeCloseTo(120, 9);
  });

  it('stays with its cell while its parts are looked at, and follows a selection by hand', async () => {
    const { session, explanation } = await at('loans', 2022);
    explanation.visit({ line: 'growth', period: 2022 });
    expect(session.selection).toEqual({ line: 'growth', period: 2022 });
    expect(explanation.root).toEqual({ line: 'loans', period: 2022 });
    expect(explanation.isHeld).toBe(true);
    session.select('deposits', 2022);
    expect(explanation.root).toEqual({ line: 'deposits', period: 2022 });
    expect(explanation.isHeld).toBe(false);
  });
});

describe('the trace', () => {
  it('marks what the selected cell reads and what reads it', async () => {
    const { trace } = await at('loans', 2022);
    expect([...trace.marks]).toEqual([
      ['loans 2021', 'input'],
      ['growth 2022', 'input'],
      ['loans 2023', 'dependent'],
      ['deposits 2022', 'dependent'],
      ['both 2022', 'dependent'],
    ]);
  });

  it('walks to inputs and dependents, from one to the next, and back', async () => {
    const { session, trace } = await at('loans', 2022);
    trace.walk('dependent');
    expect(session.selection).toEqual({ line: 'loans', period: 2023 });
    trace.turn(1);
    expect(session.selection).toEqual({ line: 'deposits', period: 2022 });
    expect(trace.step).toMatchObject({ index: 1, from: { line: 'loans', period: 2022 } });
    trace.walk('dependent');
    expect(session.selection).toEqual({ line: 'both', period: 2022 });
    trace.back();
    trace.back();
    expect(session.selection).toEqual({ line: 'loans', period: 2022 });
    expect(trace.step).toBeUndefined();
    trace.walk('input');
    trace.turn(-1);
    expect(session.selection).toEqual({ line: 'growth', period: 2022 });
  });

  it('says that there is nowhere to go, and stays', async () => {
    const { session, trace } = await at('loans', 2020);
    trace.walk('input');
    expect(session.selection).toEqual({ line: 'loans', period: 2020 });
    expect(trace.step?.among).toEqual([]);
    trace.walk('dependent');
    expect(session.selection).toEqual({ line: 'loans', period: 2021 });
    session.select('growth', 2025);
    expect(trace.step).toBeUndefined();
  });
});
