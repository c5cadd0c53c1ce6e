/**
 * The shipped plans as the app sees them: what home shows of each at once, and the whole plan when it is asked for.
 *
 * A plan is some hundred kilobytes, and home needs its title only: so the index is made when the app is built, and each
 * plan is a file of its own that is loaded later.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const NAME = 'virtual:templates';
const RESOLVED = `\0${NAME}`;

/** Offers `virtual:templates`, made from `models/*.plan.json`. */
export function templateIndex(): Plugin {
  const folder = resolve(import.meta.dirname, '../../../models');
  return {
    name: 'tuiyan-template-index',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined;
      const entries = readdirSync(folder)
        .filter((file) => file.endsWith('.plan.json'))
        .map((file) => {
          const path = join(folder, file);
          this.addWatchFile(path);
          const plan = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
          const { first, base, last } = plan['periods'] as Record<string, number>;
          const shown = {
            id: plan['id'],
            title: plan['title'],
            place: plan['place'],
            periods: { first, base, last },
            questions: plan['questions'] ?? [],
          };
          return `{ ...${JSON.stringify(shown)}, load: () => import(${JSON.stringify(path)}).then((one) => one.default) }`;
        });
      return `export const templates = [${entries.join(',\n')}];`;
    },
  };
}
