/**
 * Builds the standalone page: one HTML file that opens from disk, with everything in line that the served app loads.
 *
 * A page from disk may not load scripts, so the program is one script, without parts that come later; the worker's script
 * stands in the page as text and becomes an address when the page starts; styles, fonts and pictures are in line too.
 * The page's policy allows this one script by its digest, and no request of any kind.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst, type Plugin } from 'vite';
import {
  EMPTY_PLAN_BLOCK,
  blockId,
  fillSkeleton,
  holeFor,
  withPlan,
  type PagePart,
} from '../standalone-text.ts';
import { standalonePolicy } from './content-security-policy.ts';

/** Modes of Vite in which the page is built, and the file that each makes. */
const FILES: ReadonlyMap<string, string> = new Map([
  ['standalone', 'standalone.html'],
  ['single', 'tuiyan.html'],
]);

/** Whether a mode builds the standalone page instead of the served app. */
export function isStandalone(mode: string): boolean {
  return FILES.has(mode);
}

/**
 * A script as it may stand in a page: nothing in it ends its block or begins a comment of the page.
 *
 * Fails: throws when what is left is no script any more.
 */
export function scriptInPage(code: string): string {
  const inPage = code.replaceAll(/<(?=\/script)/gi, String.raw`\x3c`).replaceAll('<!--', String.raw`\x3c!--`);
  parseAst(inPage);
  return inPage;
}

/** Lays the parts into the page that Vite has made, which links them. `icon` is the picture that the page shows. */
export function layInLine(page: string, parts: Readonly<Record<PagePart, string>>, icon: string): string {
  const digest = createHash('sha256').update(parts.program).digest('base64');
  const picture = `data:image/svg+xml;base64,${Buffer.from(icon).toString('base64')}`;
  const policy = `<meta http-equiv="Content-Security-Policy" content="${standalonePolicy(digest)}">`;
  const styles = `<style id="${blockId('styles')}">${holeFor('styles')}</style>`;
  const skeleton = page
    .replaceAll(
      /\s*<(script|link)\b[^>]*(\ssrc=|rel="(stylesheet|manifest|apple-touch-icon|modulepreload)")[^>]*>(<\/script>)?/g,
      '',
    )
    .replaceAll('./icon.svg', picture)
    .replace('<head>', () => `<head>\n    ${policy}\n    ${EMPTY_PLAN_BLOCK}`)
    .replace('</head>', () => `  ${styles}\n  </head>`)
    .replace('</body>', () => `${blocks()}\n  </body>`);
  return fillSkeleton(skeleton, parts);
}

function blocks(): string {
  return [
    `  <script type="application/json" id="${blockId('skeleton')}">${holeFor('skeleton')}</script>`,
    `    <script type="text/plain" id="${blockId('worker')}">${holeFor('worker')}</script>`,
    `    <script type="module" id="${blockId('program')}">${holeFor('program')}</script>`,
  ].join('\n');
}

/** The Vite plugin: in a mode of `FILES` the whole build becomes one file. */
export function standalonePage(mode: string): Plugin {
  let publicDir = '';
  return {
    name: 'tuiyan-standalone-page',
    apply: 'build',
    enforce: 'post',
    config: () => ({
      worker: {
        format: 'iife' as const,
        rolldownOptions: { output: { codeSplitting: false } },
      },
      build: {
        assetsInlineLimit: Number.MAX_SAFE_INTEGER,
        copyPublicDir: false,
        cssCodeSplit: false,
        modulePreload: false,
        rolldownOptions: { output: { codeSplitting: false } },
      },
    }),
    configResolved(config) {
      ({ publicDir } = config);
    },
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const found = {
          pages: [] as string[],
          programs: [] as string[],
          workers: [] as string[],
          styles: [] as string[],
        };
        for (const [name, output] of Object.entries(bundle)) {
          const text =
            output.type === 'chunk'
              ? output.code
              : typeof output.source === 'string'
                ? output.source
                : new TextDecoder().decode(output.source);
          if (name.endsWith('.html')) found.pages.push(text);
          else if (output.type === 'chunk') found.programs.push(text);
          else if (name.endsWith('.js')) found.workers.push(text);
          else if (name.endsWith('.css')) found.styles.push(text);
          else this.error(`${name} has no place in the standalone page`);
          delete bundle[name];
        }
        const only = (what: keyof typeof found): string => {
          const [first, ...others] = found[what];
          if (first === undefined || others.length > 0)
            this.error(`the standalone page is made of one of each, not of ${found[what].length} ${what}`);
          return first;
        };
        const styles = only('styles');
        if (/<\/style/i.test(styles)) this.error('the styles end their own block');
        const parts = {
          styles,
          worker: scriptInPage(only('workers')),
          program: scriptInPage(only('programs')),
        };
        const icon = readFileSync(join(publicDir, 'icon.svg'), 'utf8');
        const source = layInLine(only('pages'), parts, icon);
        if (withPlan(source, '{}', 'read-only') === undefined) this.error('the page has no block for a plan');
        this.emitFile({ type: 'asset', fileName: FILES.get(mode) ?? '', source });
      },
    },
  };
}
