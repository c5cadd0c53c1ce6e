/**
 * `npm run advisories`: asks the registry for known holes in what is installed.
 *
 * Lists them, the gravest first, and ends with exit code 1 where there are any. A registry that does not answer is said in one
 * line; then nothing is known, and the exit code is 0: the floors that `npm test` checks hold without it.
 */
import { spawnSync } from 'node:child_process';

const GRAVEST_FIRST = ['critical', 'high', 'moderate', 'low', 'info'];

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const { stdout } = spawnSync(npm, ['audit', '--json'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
  maxBuffer: 64e6,
});

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const answer = parsed(stdout);
if (!answer?.vulnerabilities) {
  const reason = answer?.message ?? answer?.error?.summary ?? 'no answer';
  console.log(`The registry does not say what is known of holes (${String(reason).split('\n')[0]}).`);
} else {
  const found = Object.values(answer.vulnerabilities).sort(
    (a, b) => GRAVEST_FIRST.indexOf(a.severity) - GRAVEST_FIRST.indexOf(b.severity),
  );
  for (const { name, severity, range, via } of found) {
    const titles = via.map((one) => (typeof one === 'string' ? `through ${one}` : `${one.title} ${one.url}`));
    console.log(`${severity}: ${name} ${range}: ${titles.join('; ')}`);
  }
  console.log(
    found.length === 0 ? 'No holes are known in what is installed.' : `${found.length} with holes.`,
  );
  process.exitCode = found.length > 0 ? 1 : 0;
}
