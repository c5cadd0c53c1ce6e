/** What every test with a page has at hand: assertions about elements, and a database in memory. */
import '@testing-library/jest-dom/vitest';
import 'fake-indexeddb/auto';
import { languages, loadWords } from '#words';

await Promise.all(languages.map(loadWords));
