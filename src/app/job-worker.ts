/** The workers' composition root: one script, whose name says which jobs it serves. */
import { portOfScope, serveJobs, type MessageScope } from '#worker';
import { analysisRegistry } from './analysis-jobs.ts';
import { exchangeRegistry } from './exchange-jobs.ts';

const scope = globalThis as unknown as MessageScope & { readonly name: string };
const port = portOfScope(scope);
if (scope.name === 'exchange') serveJobs(exchangeRegistry, port);
else serveJobs(analysisRegistry, port);
