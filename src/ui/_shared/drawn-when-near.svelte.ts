/** Long lists are drawn as far as a person has come: a portion, and the next one when their end comes near. */
import type { Attachment } from 'svelte/attachments';

/** How far ahead the next portion is drawn, so that nobody sees the end of what is drawn. */
const AHEAD = '600px';

/** How many of a list are drawn by now. Behind them stands an element with the attachment `end`, as long as there are more. */
export function drawnWhenNear(portion: number): { readonly count: number; readonly end: Attachment } {
  let count = $state(portion);
  return {
    get count() {
      return count;
    },
    end(element) {
      const observer = new IntersectionObserver(
        (entries) => {
          if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
          count += portion;
          // asked anew: an end that is still near after a portion would not be told again
          observer.unobserve(element);
          observer.observe(element);
        },
        // of a list that scrolls in a panel
        { rootMargin: AHEAD, scrollMargin: AHEAD },
      );
      observer.observe(element);
      return () => observer.disconnect();
    },
  };
}
