/** Files are named after what they hold, in kebab-case; a name that could hold anything is refused. */
import { describe, expect, it } from 'vitest';
import { listPaths } from '../tools/source-files.ts';

/** Names that say nothing about what stands in the file. */
const BANNED = /^(utils?|helpers?|common|misc|managers?)$/;

/** `plan-session.svelte.ts`: words of small letters and digits, then the endings. */
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

/** Names that a tool or a custom fixes. */
const FIXED: ReadonlySet<string> = new Set(['README.md']);

/** Lists the parts of a path under `src/` or `tests/` that are not named as the house names things. */
function findBadNames(path: string): string[] {
  return path.split('/').filter((part, index, parts) => {
    if (FIXED.has(part)) return false;
    // What the features of the interface share has one place.
    if (part === '_shared') return parts[index - 1] !== 'ui';
    if (!KEBAB_CASE.test(part)) return true;
    const words = part.replace(/\..*$/, '').split('-');
    return parts[0] === 'src' && words.some((word) => BANNED.test(word));
  });
}

describe('names', () => {
  it('are kebab-case and say what is inside', () => {
    const paths = [
      ...listPaths('src'),
      ...listPaths('tests').filter((path) => /\.(ts|mjs|js|svelte)$/.test(path)),
    ];
    expect(paths.filter((path) => findBadNames(path).length > 0)).toEqual([]);
  });

  it.each([
    ['src/plan/utils.ts', ['utils.ts']],
    ['src/ui/grid/grid-helpers.svelte', ['grid-helpers.svelte']],
    ['src/session/sessionManager.ts', ['sessionManager.ts']],
    ['src/storage/lock-manager.ts', ['lock-manager.ts']],
    ['src/common/unit.ts', ['common']],
    ['src/_shared/button.svelte', ['_shared']],
    ['src/ui/board/TargetBoard.svelte', ['TargetBoard.svelte']],
    ['src/ui/_shared/button.svelte', []],
    ['src/session/plan-session.svelte.ts', []],
    ['src/decisions/001-own-formula-tree.md', []],
    ['tests/helpers/a-plan.ts', []],
  ])('%s', (path, bad) => {
    expect(findBadNames(path)).toEqual(bad);
  });
});
