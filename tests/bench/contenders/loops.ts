/** Loops as a person writes them: one for each kind of formula, over typed arrays, for the lines that hang on what changed. */
import { hangingOn, type FormulaKind, type Workload } from '../workloads.ts';
import type { Contender } from './contender.ts';

type Loop = (values: Float64Array, reads: Int32Array, at: number, periods: number) => void;

/** `at` is the place of the line's first period, and `reads` holds those of the lines that it reads. */
const LOOPS: Readonly<Record<FormulaKind, Loop>> = {
  growth(values, reads, at, periods) {
    const a = reads[0] as number;
    for (let t = 1; t < periods; t += 1)
      values[at + t] = (values[at + t - 1] as number) * (1 + (values[a + t] as number) * 0.5);
  },
  mean(values, reads, at, periods) {
    const [a, b] = reads as unknown as [number, number];
    for (let t = 1; t < periods; t += 1)
      values[at + t] = ((values[a + t] as number) + (values[b + t - 1] as number)) / 2;
  },
  share(values, reads, at, periods) {
    const [a, b, c, d] = reads as unknown as [number, number, number, number];
    for (let t = 1; t < periods; t += 1)
      values[at + t] =
        ((values[a + t] as number) +
          (values[b + t] as number) +
          (values[c + t] as number) +
          (values[d + t] as number)) /
        4;
  },
  cap(values, reads, at, periods) {
    const a = reads[0] as number;
    for (let t = 1; t < periods; t += 1) {
      const from = values[a + t] as number;
      values[at + t] = Math.min(from * 1.01, 40 + from * 0.5);
    }
  },
  floor(values, reads, at, periods) {
    const [a, b] = reads as unknown as [number, number];
    for (let t = 1; t < periods; t += 1) {
      const from = values[a + t] as number;
      values[at + t] = Math.max(from - (values[b + t] as number), from * 0.1);
    }
  },
  choice(values, reads, at, periods) {
    const [a, b, c, d] = reads as unknown as [number, number, number, number];
    for (let t = 1; t < periods; t += 1) {
      const from = values[a + t] as number;
      values[at + t] =
        (values[b + t] as number) > (values[c + t] as number) ? from * 0.9 : from + (values[d + t] as number);
    }
  },
  index(values, reads, at, periods) {
    const [a, b, c] = reads as unknown as [number, number, number];
    for (let t = 1; t < periods; t += 1)
      values[at + t] =
        (values[a + t] as number) * ((1 + (values[b + t] as number)) / (1 + (values[c + t - 1] as number)));
  },
  power(values, reads, at, periods) {
    const [a, b, c] = reads as unknown as [number, number, number];
    for (let t = 1; t < periods; t += 1)
      values[at + t] =
        ((values[a + t] as number) / (values[b + t] as number)) ** 0.3 * (values[c + t] as number);
  },
  chain(values, reads, at, periods) {
    const [a, b] = reads as unknown as [number, number];
    for (let t = 1; t < periods; t += 1)
      values[at + t] = (values[a + t] as number) * 0.999 + (values[b + t] as number);
  },
  total(values, reads, at, periods) {
    const count = reads.length;
    for (let t = 1; t < periods; t += 1) {
      let sum = 0;
      for (let one = 0; one < count; one += 1) sum += values[(reads[one] as number) + t] as number;
      values[at + t] = sum / count;
    }
  },
};

export const loops: Contender = {
  name: 'loops',
  spell: (workload) => workload,
  build(document) {
    const workload = document as Workload;
    const { lines, periods } = workload;
    const values = new Float64Array(lines.length * periods);
    const tasks = lines.map(({ formula }, line) => {
      if (!formula) return undefined;
      const loop = LOOPS[formula.kind];
      const reads = Int32Array.from(formula.reads, (one) => one * periods);
      return () => loop(values, reads, line * periods, periods);
    });
    lines.forEach(({ first }, line) => {
      values[line * periods] = first;
      const task = tasks[line];
      if (task) task();
      else values.fill(first, line * periods, (line + 1) * periods);
    });
    const hanging = new Map<number, (() => void)[]>();
    const tasksOf = (driver: number) => {
      const known = hanging.get(driver) ?? hangingOn(workload, driver).flatMap((line) => tasks[line] ?? []);
      hanging.set(driver, known);
      return known;
    };
    return {
      change(changes) {
        for (const { driver, value } of changes)
          values.fill(value, driver * periods + 1, (driver + 1) * periods);
        for (const { driver } of changes) for (const task of tasksOf(driver)) task();
      },
      values: () => values.slice(),
    };
  },
};
