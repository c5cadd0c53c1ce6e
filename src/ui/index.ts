/** What a person sees and touches. Shows the session's state and calls its verbs; decides nothing. */
import { mount } from 'svelte';
import type { AppSession } from '#session';
import App from './shell/app.svelte';
import './_shared/fonts.css';
import './_shared/tokens.css';
import './_shared/base.css';

/** Shows the app in an element of the page, in place of what stood there. */
export function mountApp(target: HTMLElement, app: AppSession): void {
  target.replaceChildren();
  mount(App, { target, props: { app } });
}
