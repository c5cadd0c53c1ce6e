/** What `npm run look` prints: each stage of a small plan, written out by hand. */
import { expect, it } from 'vitest';
import { lookAt } from '#engine';
import { aPlan, aScenario } from '#tests/builders';

const plan = aPlan()
  .driver('growth', '10%')
  .line('loans', { 2020: 100 }, 'loans[t-1] * (1 + growth)')
  .line('spread', {}, 'STDEV(loans[2020:t])')
  .line('a', {}, 'b + 1')
  .line('b', {}, 'a * 2')
  .build();

it('shows tree, instructions, operations, order, rules and the derivation of a cell', () => {
  const scenario = aScenario({ changes: [{ line: 'loans', add: 5, from: 2022, to: 2022 }] });
  expect(lookAt(plan, scenario, 'loans', 2021)).toBe(`loans · line 1 · unit none

formula
  loans[t-1] * (1 + growth)

expression
  *
    line loans[t-1]
    +
      number 1
      line growth[t]

instructions
  r0 = load loans[t-1]
  r1 = value 1
  r2 = load growth[t]
  r3 = binary r1 + r2
  r4 = binary r0 * r3
  give r4

compiled
  (f64.mul line 1 t-1 (f64.add 1 line 0 t))

order
  step 2 of 4: the line by itself, period after period
  reads loans[t-1], growth[t]
  is read by loans, spread

rules
  2018–2019  formula loans[t-1] * (1 + growth)
  2020  figure 100
  2021  formula loans[t-1] * (1 + growth)
  2022  formula loans[t-1] * (1 + growth), then add 5 of trial
  2023–2025  formula loans[t-1] * (1 + growth)

derivation of 2021
  loans 2021 = 110.00000000000001
    = loans[2020] * (1 + growth)
    = 100 * (1 + 0.1)
    loans 2020 = 100  (figure 100)
    growth 2021 = 0.1
      = 10%
      = 10%`);
});

it('says which function has no fast form, and which lines need each other', () => {
  expect(lookAt(plan, aScenario(), 'spread')).toContain(
    'no fast form: STDEV; the reference evaluator does it',
  );
  expect(lookAt(plan, aScenario(), 'a')).toContain('a knot, cell by cell, of a, b');
  expect(lookAt(plan, aScenario(), 'a')).toContain(
    'cells that need each other in 8 groups; the first: a #0, b #0',
  );
});
