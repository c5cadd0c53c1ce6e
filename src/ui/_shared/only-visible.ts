/** What cannot be seen does not come into a field: it is taken out as it is typed or pasted, and that is said. */
import type { Attachment } from 'svelte/attachments';
import { namesOfHidden, withoutHidden } from '#quantity';

/** Cleans what comes into a field before anybody reads it; `told` is given what was taken out: `U+202E U+200B`. */
export function onlyVisible(
  told: (characters: string) => void,
): Attachment<HTMLInputElement | HTMLTextAreaElement> {
  return (field) => {
    const clean = (event: Event) => {
      // a word is still being composed: what it becomes is cleaned
      if (event instanceof InputEvent && event.isComposing) return;
      const characters = namesOfHidden(field.value);
      if (characters === '') return;
      const ahead = withoutHidden(field.value.slice(0, field.selectionStart ?? undefined)).length;
      field.value = withoutHidden(field.value);
      field.setSelectionRange(ahead, ahead);
      told(characters);
    };
    field.addEventListener('input', clean, true);
    field.addEventListener('change', clean, true);
    return () => {
      field.removeEventListener('input', clean, true);
      field.removeEventListener('change', clean, true);
    };
  };
}
