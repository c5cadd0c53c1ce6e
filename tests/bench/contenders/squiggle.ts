/** Squiggle: sample sets for the drivers, one variable for each cell, in its own language. */
import { run } from '@quri/squiggle-lang';
import { spell } from '../spelling.ts';
import type { Workload } from '../workloads.ts';

/** What is drawn and what is asked: of each line in the last period. */
export interface Uncertain {
  readonly workload: Workload;
  readonly samples: number;
  /** Standard deviation of every driver, as a share of its mean. */
  readonly spread: number;
  readonly asked: readonly { readonly line: number; readonly atLeast: number }[];
}

/** The model as Squiggle reads it; its last expression is a list of five figures a line. */
export function toSquiggle({ workload, spread, asked }: Uncertain): string {
  const { lines, periods } = workload;
  const text: string[] = [];
  lines.forEach(({ first, formula }, line) => {
    for (let period = 0; period < periods; period += 1) {
      const right =
        formula && period > 0
          ? spell(formula, line, {
              cell: (of, lag) => `l${of}_${period + lag}`,
              call: (name, items) => {
                if (name !== 'SUM') throw new Error(`${name} is not spelled for Squiggle`);
                return `(${items.join(' + ')})`;
              },
              choose: () => {
                throw new Error('choices are not spelled for Squiggle');
              },
            })
          : formula || period === 0
            ? String(first)
            : period === 1
              ? `SampleSet.fromDist(normal(${first}, ${first * spread}))`
              : `l${line}_1`;
      text.push(`l${line}_${period} = ${right}`);
    }
  });
  const figures = asked.map(({ line, atLeast }) => {
    const cell = `l${line}_${periods - 1}`;
    return `mean(${cell}), quantile(${cell}, 0.05), quantile(${cell}, 0.5), quantile(${cell}, 0.95), 1 - cdf(${cell}, ${atLeast})`;
  });
  return [...text, `[${figures.join(', ')}]`].join('\n');
}

/** Runs the text; the figures one after another. */
export async function runSquiggle(text: string, samples: number): Promise<Float64Array<ArrayBuffer>> {
  const environment = { sampleCount: samples, xyPointLength: 1000, seed: 'bench' };
  const { result } = await run(text, { environment });
  if (!result.ok) throw new Error(result.value.toString());
  return Float64Array.from((result.value.result.asJS() as unknown[]).map(Number));
}
