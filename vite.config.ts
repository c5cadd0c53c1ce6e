/** How the app is served, built and unit-tested: Vite, Svelte, the words' compiler and Vitest in one place. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte, vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';
import { wordsOptions } from './src/app/build/compile-words.mjs';
import { contentSecurityPolicy, SECURITY_HEADERS } from './src/app/build/content-security-policy.ts';
import { licenceList } from './src/app/build/licence-list.ts';
import { offlineFiles } from './src/app/build/offline-files.ts';
import { isStandalone, standalonePage } from './src/app/build/standalone-page.ts';
import { templateIndex } from './src/app/build/template-index.ts';
import { bundleCheck } from './tests/tools/bundle-check.ts';

/** The version that a printed page names. */
const { version } = JSON.parse(
  readFileSync(fileURLToPath(new URL('./package.json', import.meta.url)), 'utf8'),
) as { version: string };

/** Libraries that arrive when they are first needed, each in a file of its own. */
const lazyLibraries = [
  { name: 'grid', test: /node_modules[\\/]handsontable/ },
  { name: 'charts', test: /node_modules[\\/](echarts|zrender)/ },
  { name: 'math', test: /node_modules[\\/](mathjs|typed-function|decimal\.js|fraction\.js|complex\.js)/ },
];

/** Rooms whose tests run without a browser's globals, because the rooms run without them too. */
const pureTests = [
  'quantity',
  'plan',
  'formula',
  'engine',
  'analysis',
  'exchange',
  'words',
  'laws',
  'models',
  'architecture',
].map((folder) => `tests/${folder}/**/*.test.ts`);

export default defineConfig(({ isSsrBuild, mode }) => ({
  base: './',
  define: { 'import.meta.env.TUIYAN_VERSION': JSON.stringify(version) },
  plugins: [
    svelte({ configFile: false, preprocess: vitePreprocess(), compilerOptions: { runes: true } }),
    paraglideVitePlugin(wordsOptions),
    templateIndex(),
    // what is built for Node is run here and not shipped
    ...(isSsrBuild ? [] : [licenceList()]),
    // the served app in files, or all of it in one page
    ...(isStandalone(mode) ? [standalonePage(mode)] : [contentSecurityPolicy(), offlineFiles()]),
    bundleCheck(),
  ],
  resolve: {
    alias: [
      // Handsontable's script carries 162 kB of its style sheets as text; the grid links the sheets themselves.
      {
        find: /^.*\/styles\/handsontableStyles\.mjs$/,
        replacement: fileURLToPath(new URL('./src/app/build/empty.ts', import.meta.url)),
      },
    ],
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 800,
    reportCompressedSize: false,
    rolldownOptions: isSsrBuild
      ? { output: { entryFileNames: '[name].mjs', codeSplitting: false } }
      : isStandalone(mode)
        ? {}
        : { output: { codeSplitting: { groups: lazyLibraries } } },
  },
  // What is built for Node is one file that needs no node_modules beside it.
  ...(isSsrBuild ? { ssr: { noExternal: true } } : {}),
  preview: { headers: SECURITY_HEADERS },
  test: {
    // a limit for what hangs, not a measure of speed: machines are busy
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'pure', environment: 'node', include: pureTests },
      },
      {
        extends: true,
        plugins: [svelteTesting()],
        test: {
          name: 'unit',
          environment: 'happy-dom',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/journeys/**', ...pureTests],
          setupFiles: ['tests/tools/setup.ts'],
        },
      },
    ],
  },
}));
