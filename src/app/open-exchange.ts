/** Opens the desk of files, links and tables: its work is done in a worker, or in slices on this thread where there are none. */
import type { ExchangeDesk } from '#session';
import { openInLineRunner, openWorkerRunner, withFallback, type JobRunner, type Outcome } from '#worker';
import type { exchangeRegistry, Matter } from './exchange-jobs.ts';
import { workerFor } from './open-worker.ts';

type Jobs = (typeof exchangeRegistry)['jobs'];

async function openInLine(): Promise<JobRunner<Matter, Jobs>> {
  const { exchangeRegistry } = await import('./exchange-jobs.ts');
  return openInLineRunner(exchangeRegistry);
}

/** Nothing of the exchange is left to chance. */
const SEED = 0;

function outputOf<Output>(outcome: Outcome<Output>): Output | undefined {
  return outcome.kind === 'done' ? outcome.output : undefined;
}

/** Opens the desk; the worker is started by the first request. */
export function openExchange(inlineWorker?: string): ExchangeDesk {
  const open = workerFor('exchange', inlineWorker);
  return deskOn(withFallback(open && openWorkerRunner<Matter, Jobs>(open), openInLine));
}

/** The desk on a runner. */
export function deskOn(runner: JobRunner<Matter, Jobs>): ExchangeDesk {
  return {
    look: async (given, options) =>
      outputOf(await runner.run({ kind: 'look', document: given, input: {}, seed: SEED }, options)),
    place: async (given, known, own, options) =>
      outputOf(
        await runner.run({ kind: 'place', document: given, input: { known, own }, seed: SEED }, options),
      ),
    async readTable(given, question, options) {
      const { language: input } = question;
      const { kind } = await runner.run({ kind: 'words', document: given, input, seed: SEED }, options);
      if (kind !== 'done') return undefined;
      return outputOf(
        await runner.run({ kind: 'table', document: given, input: question, seed: SEED }, options),
      );
    },
    async readModel(given, question, options) {
      const { language: input } = question;
      const { kind } = await runner.run({ kind: 'words', document: given, input, seed: SEED }, options);
      if (kind !== 'done') return undefined;
      return outputOf(
        await runner.run({ kind: 'model', document: given, input: question, seed: SEED }, options),
      );
    },
    async writeWorkbook(plan, question, options) {
      const document = { plan };
      const { language: input } = question;
      const { kind } = await runner.run({ kind: 'words', document, input, seed: SEED }, options);
      if (kind !== 'done') return undefined;
      return outputOf(await runner.run({ kind: 'workbook', document, input: question, seed: SEED }, options));
    },
  };
}
