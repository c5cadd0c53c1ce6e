/**
 * What the linter refuses. Run from the root: `eslint -c tests/tools/eslint.config.js .`
 *
 * Layout is prettier's and layering is `tests/architecture/`; here stand mistakes, and the constructions that
 * the house does without.
 */
import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The options that `vite.config.ts` gives to Svelte, for the linter's parser. */
const svelteConfig = { preprocess: vitePreprocess(), compilerOptions: { runes: true } };

const markup = ['innerHTML', 'outerHTML', 'srcdoc'].map((property) => ({
  property,
  message: 'Text becomes an element through Svelte or textContent, never through markup.',
}));

const refusedEverywhere = [
  { selector: 'ExportAllDeclaration', message: 'A door lists its names by hand.' },
  {
    selector: "NewExpression[callee.name='Function'], CallExpression[callee.name='Function']",
    message: 'Code is never made from text.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment)$/]',
    message: 'Text becomes an element through Svelte or textContent, never through markup.',
  },
];

const namedOnly = {
  selector: 'ExportDefaultDeclaration',
  message: 'A file is named after its main export; exports are named.',
};

const argumentsOnly = 'Clock and chance are arguments in rooms 1 to 6.';

export default defineConfig(
  {
    ignores: [
      'node_modules/',
      'dist/',
      'dist-single/',
      'coverage/',
      'test-results/',
      // Only declarations, and of another program than the one that the linter asks: src/tsconfig.pure.json.
      'src/platform.d.ts',
      'src/words/compiled/',
      'src/words/project.inlang/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { projectService: true, tsconfigRootDir: root },
    },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-restricted-properties': ['error', ...markup],
      'no-restricted-syntax': ['error', ...refusedEverywhere],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        parser: ts.parser,
        svelteConfig,
      },
    },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // Maps and sets here are replaced whole, in `$state.raw`, and never changed in place.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...refusedEverywhere, namedOnly] },
  },
  {
    files: ['src/{quantity,plan,formula,engine,analysis,exchange}/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...markup,
        { object: 'Date', property: 'now', message: argumentsOnly },
        { object: 'Math', property: 'random', message: argumentsOnly },
      ],
      'no-restricted-syntax': [
        'error',
        ...refusedEverywhere,
        namedOnly,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: argumentsOnly },
        { selector: "CallExpression[callee.name='Date']", message: argumentsOnly },
      ],
    },
  },
  {
    // The command line speaks through the console, and the build replaces a module that has a default export.
    files: ['src/app/calc.ts', 'src/app/build/**'],
    rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', ...refusedEverywhere] },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // Journeys and tests of the gates try exactly what the app may not do.
      'no-eval': 'off',
      'no-restricted-properties': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: { ...globals.node } },
  },
);
