/** Loads the grid's widget when a plan is first opened: home does without it. */
import type { GridAdapter, GridHandlers, GridLayout } from './grid-adapter.ts';

export type LoadedGrid = GridAdapter;

/** Builds the grid in an element; undefined when the element has gone while the widget was loaded. */
export async function loadGrid(
  element: HTMLElement,
  layout: () => GridLayout,
  handlers: GridHandlers,
): Promise<LoadedGrid | undefined> {
  const adapter = await import('./grid-adapter.ts');
  return element.isConnected ? new adapter.GridAdapter(element, layout(), handlers) : undefined;
}
