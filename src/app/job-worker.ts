/** The workers' composition root: one script, whose name says which jobs it brings and serves. */
import { portOfScope, serveJobs, waitingPort, type MessageScope } from '#worker';

const scope = globalThis as unknown as MessageScope & { readonly name: string };
const port = waitingPort(portOfScope(scope));

async function serve(): Promise<void> {
  if (scope.name === 'exchange') serveJobs((await import('./exchange-jobs.ts')).exchangeRegistry, port);
  else serveJobs((await import('./analysis-jobs.ts')).analysisRegistry, port);
}

// thrown as the worker's own error, so that the page hears of it and takes the other way
serve().catch((thrown: unknown) => reportError(thrown));
