/** Measures the contender that the address names, `#wide/loops`, and writes what it found into the page as JSON. */
import { run } from '../measure.ts';
import { SHAPES, buildWorkload, type Shape } from '../workloads.ts';
import { compiled, reference } from '../contenders/ours.ts';
import { hyperformula } from '../contenders/hyperformula.ts';
import { loops } from '../contenders/loops.ts';
import type { Outcome } from '../table.ts';

async function measure(name: string, who: string): Promise<Outcome> {
  const contender = [loops, reference, compiled, hyperformula].find((one) => one.name === who);
  const shape: Shape | undefined = SHAPES[name];
  if (!contender || !shape) throw new Error(`${who} on ${name} cannot be measured`);
  const numbers: Record<string, number> = {};
  const values: Record<string, Float64Array> = {};
  await run(contender, buildWorkload(name, shape), {
    measured: (phase, number) => (numbers[phase] = number),
    values: (phase, all) => (values[phase] = all),
  });
  return { who, end: 'done', numbers, values };
}

const [name = '', who = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
const output = document.querySelector('output') as HTMLOutputElement;
measure(name, who).then(
  ({ values, ...outcome }) => {
    const plain = Object.entries(values).map(([phase, all]) => [phase, Array.from(all)]);
    output.textContent = JSON.stringify({ ...outcome, values: Object.fromEntries(plain) as unknown });
    output.dataset.end = 'done';
  },
  (error: unknown) => {
    output.textContent = String(error);
    output.dataset.end = 'failed';
  },
);
