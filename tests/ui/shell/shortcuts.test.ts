/** Undo and redo by key, wherever the focus is, unless text is being written there. */
import { describe, expect, it } from 'vitest';
import { shortcutOf, shortcutText } from '../../../src/ui/shell/shortcuts.ts';

/** Presses a key on an element and gives what it asks for. */
function press(key: string, how: KeyboardEventInit, on: HTMLElement = document.body): string | undefined {
  document.body.append(on);
  let asked: string | undefined;
  const listen = (event: KeyboardEvent) => (asked = shortcutOf(event));
  window.addEventListener('keydown', listen, { once: true });
  on.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...how }));
  return asked;
}

describe('shortcuts', () => {
  it.each([
    ['z', { ctrlKey: true }, 'undo'],
    ['z', { metaKey: true }, 'undo'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['y', { ctrlKey: true }, 'redo'],
    ['z', {}, undefined],
    ['z', { ctrlKey: true, altKey: true }, undefined],
  ])('%s with %o asks for %s', (key, how, wanted) => {
    expect(press(key, how, document.createElement('button'))).toBe(wanted);
  });

  it('leaves the undo of a text to the text', () => {
    const field = document.createElement('input');
    field.type = 'text';
    expect(press('z', { ctrlKey: true }, field)).toBeUndefined();
    const slider = document.createElement('input');
    slider.type = 'range';
    expect(press('z', { ctrlKey: true }, slider)).toBe('undo');
  });

  it('writes them as the keyboard has them', () => {
    expect(shortcutText('undo', false)).toBe('Ctrl+Z');
    expect(shortcutText('undo', true)).toBe('⌘Z');
  });
});
