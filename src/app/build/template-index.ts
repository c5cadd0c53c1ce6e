/**
 * The shipped plans and their lessons as the app sees them: what home shows of each at once, and the whole document when it
 * is asked for.
 *
 * A plan is some hundred kilobytes, and home needs its title only: so the index is made when the app is built, and each
 * document is a file of its own that is loaded later.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const NAME = 'virtual:templates';
const RESOLVED = `\0${NAME}`;

/** Offers `virtual:templates`, made from `models/*.plan.json` and `models/*.lesson.json`. */
export function templateIndex(): Plugin {
  const folder = resolve(import.meta.dirname, '../../../models');
  return {
    name: 'tuiyan-template-index',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined;
      const list = (ending: string, shownOf: (content: Record<string, unknown>) => object) =>
        readdirSync(folder)
          .filter((file) => file.endsWith(ending))
          .map((file) => {
            const path = join(folder, file);
            this.addWatchFile(path);
            const shown = shownOf(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>);
            return `{ ...${JSON.stringify(shown)}, load: () => import(${JSON.stringify(path)}).then((one) => one.default) }`;
          })
          .join(',\n');
      return `export const templates = [${list('.plan.json', planShown)}];
export const lessons = [${list('.lesson.json', lessonShown)}];`;
    },
  };
}

function planShown(plan: Record<string, unknown>): object {
  const { first, base, last } = plan['periods'] as Record<string, number>;
  return {
    id: plan['id'],
    title: plan['title'],
    place: plan['place'],
    periods: { first, base, last },
    questions: plan['questions'] ?? [],
  };
}

function lessonShown(lesson: Record<string, unknown>): object {
  return {
    id: lesson['id'],
    plan: lesson['plan'],
    title: lesson['title'],
    summary: lesson['summary'],
    minutes: lesson['minutes'],
    steps: (lesson['steps'] as readonly unknown[]).length,
  };
}
