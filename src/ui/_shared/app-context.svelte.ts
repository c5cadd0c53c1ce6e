/** What every component may ask for without it being handed down: the app session and the words in its language. */
import { getContext, setContext } from 'svelte';
import { wordsIn, type Words } from '#words';
import { buildNumberWriter, type NumberFormat, type Unit } from '#quantity';
import type { Localized } from '#plan';
import type { AppSession } from '#session';

const KEY = Symbol('app');

/** The app session with what depends on its language. Getters, so that reading them follows the language. */
export interface AppContext {
  readonly app: AppSession;
  readonly words: Words;
  readonly language: 'zh' | 'en';
  /** Picks the reader's language. */
  name(text: Localized): string;
  /** Shows a number in its unit's convention and the reader's language. */
  number(value: number, unit: Unit, options?: Partial<Omit<NumberFormat, 'unit' | 'language'>>): string;
}

/** Offers the app to all components below; called once, by the root. */
export function provideApp(app: AppSession): AppContext {
  return provideAppIn(app, () => app.language);
}

/** Offers the app to all components below in a language of their own, which must have been loaded. */
export function provideAppIn(app: AppSession, language: () => 'zh' | 'en'): AppContext {
  const write = buildNumberWriter();
  const context: AppContext = {
    app,
    get words() {
      return wordsIn(language());
    },
    get language() {
      return language();
    },
    name: (text) => text[language()],
    number: (value, unit, options = {}) => write(value, { unit, language: language(), ...options }),
  };
  setContext(KEY, context);
  return context;
}

/** The app, for a component. */
export function useApp(): AppContext {
  return getContext<AppContext>(KEY);
}
