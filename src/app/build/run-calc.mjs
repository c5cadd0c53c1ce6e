/** `npm run -s calc -- …`: runs `src/app/calc.ts`, the engine without a page. */
import { runCommand } from './run-command.mjs';

await runCommand('calc');
