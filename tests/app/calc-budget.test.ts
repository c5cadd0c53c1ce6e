/** What `calc` does not run for the time or memory that it would need, and what it says. */
import { expect, it } from 'vitest';
import { loadWords } from '#words';
import { finishWithin, type CalcRun } from '../../src/app/calc-budget.ts';

const words = { zh: await loadWords('zh'), en: await loadWords('en') };

/** A run of so many steps, a thousandth each, of so many milliseconds. */
function run(steps: number, msAStep: number, known: CalcRun, language: 'zh' | 'en' = 'en') {
  const told: string[] = [];
  let [done, now] = [0, 0];
  const begin = function* () {
    for (; done < steps;) {
      done += 1;
      now += msAStep;
      yield done / 1000;
    }
    return 'answer';
  };
  const watch = { now: () => now, tell: (sentence: string) => void told.push(sentence) };
  try {
    return { answer: finishWithin(words[language], begin, known, watch), told, done };
  } catch (thrown) {
    return { refused: String(thrown), told, done };
  }
}

const samples = (count: number) => ({
  what: 'samples' as const,
  count,
  times: (one: number) => one,
  bytes: () => 0,
});

it('runs what is short, and tells before what is long', () => {
  expect(run(1000, 5, { bytes: 0 })).toEqual({ answer: 'answer', told: [], done: 1000 });
  expect(run(1000, 300, { bytes: 0 })).toEqual({
    answer: 'answer',
    told: ['This needs about 5 min. It can be stopped at any time.'],
    done: 1000,
  });
});

it('refuses what would take too long after its first part, with what would fit', () => {
  const ended = run(1000, 840, { bytes: 0, repeats: samples(1_000_000) });
  expect(ended).toEqual({
    refused:
      'Error: This would need about 14 min; more than 10 min or 1 GB is not run. Nothing was calculated; your work is not affected. With 700,000 samples it needs 10 min.',
    told: [],
    done: 2,
  });
});

it('refuses what needs too much memory before its first step', () => {
  expect(run(1000, 1, { bytes: 2.13e9 }, 'zh')).toEqual({
    refused:
      'Error: 这次计算约需 2.1 GB 内存，超过 10 分钟或 1 GB 的不予运行。没有开始计算，您的工作不受影响。请减少所问的指标或驱动因素，或使用行数、时期较少的规划。',
    told: [],
    done: 0,
  });
});
