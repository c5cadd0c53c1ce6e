/** The keys that mean something of our own in the grid; all others are the grid's: arrows, Tab, Enter, Home, End, and F2 in a cell. */

/**
 * A command of the keyboard. change opens the editor of changes for the selected cells · form opens the form of the line or
 * section whose name is selected · toggle folds or unfolds the section whose band is selected · explain shows how the
 * selected cell comes to its value · input, dependent go to the first cell that it reads or that reads it, turnOn and
 * turnBack to the next and the one before of these, back to where one came from.
 */
export type GridCommand =
  | 'undo'
  | 'redo'
  | 'fillRight'
  | 'change'
  | 'clear'
  | 'forgive'
  | 'form'
  | 'toggle'
  | 'explain'
  | TraceCommand;

/** A step along the cells that read each other. */
export type TraceCommand = 'input' | 'dependent' | 'turnOn' | 'turnBack' | 'back';

const WAYS: Readonly<Record<string, TraceCommand>> = {
  ArrowDown: 'turnOn',
  ArrowUp: 'turnBack',
  ArrowLeft: 'back',
};

/** Tells what a key asks for. */
export function commandOf(event: KeyboardEvent): GridCommand | undefined {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (isCommand) {
    const key = event.key.toLowerCase();
    if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
    if (key === 'y' && !event.shiftKey) return 'redo';
    if (event.shiftKey) return undefined;
    // with the command key of an Apple keyboard these are the browser's way back and forth
    if (event.ctrlKey && key === '[') return 'input';
    if (event.ctrlKey && key === ']') return 'dependent';
    return key === 'r' ? 'fillRight' : key === 'e' ? 'change' : undefined;
  }
  if (event.altKey && !event.shiftKey && !event.ctrlKey) return WAYS[event.key];
  if (event.shiftKey || event.altKey) return undefined;
  if (event.key === 'F9') return 'explain';
  if (event.key === 'Delete' || event.key === 'Backspace') return 'clear';
  if (event.key === 'Escape') return 'forgive';
  if (event.key === 'F2') return 'form';
  return event.key === 'Enter' || event.key === ' ' ? 'toggle' : undefined;
}
