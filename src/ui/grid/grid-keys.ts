/** The keys that mean something of our own in the grid; all others are the grid's: arrows, Tab, Enter, Home, End, and F2 in a cell. */

/**
 * A command of the keyboard. change opens the editor of
 * changes for the selected cells · form opens the form of the line or section whose name is selected · toggle folds or unfolds the section whose band is selected.
 */
export type GridCommand = 'undo' | 'redo' | 'fillRight' | 'change' | 'clear' | 'forgive' | 'form' | 'toggle';

/** Tells what a key asks for. */
export function commandOf(event: KeyboardEvent): GridCommand | undefined {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (isCommand) {
    const key = event.key.toLowerCase();
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
    if (key === 'y' && !event.shiftKey) return 'redo';
    if (event.shiftKey) return undefined;
    return key === 'r' ? 'fillRight' : key === 'e' ? 'change' : undefined;
  }
  if (event.shiftKey || event.altKey) return undefined;
  if (event.key === 'Delete' || event.key === 'Backspace') return 'clear';
  if (event.key === 'Escape') return 'forgive';
  if (event.key === 'F2') return 'form';
  return event.key === 'Enter' || event.key === ' ' ? 'toggle' : undefined;
}
