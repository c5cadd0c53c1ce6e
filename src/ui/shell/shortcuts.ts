/** The keys that work wherever the focus is, and how they are written. */

/** What a key asks for. */
export type Shortcut = 'undo' | 'redo';

/** Whether the person's keyboard has a command key. */
export const isApple = (navigatorOf: Pick<Navigator, 'platform'>): boolean =>
  /Mac|iPhone|iPad/.test(navigatorOf.platform);

/** How a shortcut is written on the person's keyboard. */
export function shortcutText(shortcut: Shortcut, isAppleKeyboard: boolean): string {
  const texts: Record<Shortcut, readonly [other: string, apple: string]> = {
    undo: ['Ctrl+Z', '⌘Z'],
    redo: ['Ctrl+Y', '⇧⌘Z'],
  };
  return texts[shortcut][isAppleKeyboard ? 1 : 0];
}

/** Whether text is being written at the place of a key, so that its own undo comes first. */
function isWriting(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return !target.readOnly;
  if (target instanceof HTMLInputElement) return target.type === 'text' || target.type === 'search';
  return target instanceof HTMLElement && target.isContentEditable;
}

/** What a key asks for; undefined for keys that are not ours, or that belong to the text being written. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return undefined;
  const key = event.key.toLowerCase();
  const wanted =
    key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : key === 'y' && !event.shiftKey ? 'redo' : undefined;
  return wanted !== undefined && isWriting(event.target) ? undefined : wanted;
}
