/** `npm run -s look -- <plan> <line> [period]`: runs `src/app/look.ts`, which shows what the engine makes of a line. */
import { runCommand } from './run-command.mjs';

await runCommand('look');
