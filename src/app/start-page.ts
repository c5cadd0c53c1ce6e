/** Opens the app in the page. */
import { wordsIn } from '#words';

/** Shows the app's name where the loading state stood. */
export function startPage(page: Document): void {
  const heading = page.createElement('h1');
  heading.textContent = wordsIn('zh').say('app_full_name');
  page.querySelector('#app')?.replaceChildren(heading);
}
