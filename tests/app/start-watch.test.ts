/** What the page says that does not open: at once where something was thrown, and where storage does not answer in time. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { orWithout, tellNotOpened } from '../../src/app/start-watch.ts';

function made(tag: string, className = ''): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

beforeEach(() => {
  vi.useFakeTimers();
  const place = made('div', 'late');
  place.append(made('p', 'why'), made('button'));
  const status = made('p');
  status.setAttribute('role', 'status');
  const main = made('main');
  main.append(status, place);
  document.body.replaceChildren(main);
  const offer = button();
  if (offer) offer.hidden = true;
});
afterEach(() => void vi.useRealTimers());

const late = () => document.querySelector('.late');
const button = () => document.querySelector('button');

it('shows the error as text, and no longer that it opens', () => {
  tellNotOpened(document, new TypeError('<b>no file</b>'));
  expect(late()?.classList.contains('now')).toBe(true);
  expect(document.querySelector('.why')?.textContent).toBe('TypeError: <b>no file</b>');
  expect(document.querySelector('[role=status]')).toBeNull();
});

it('says nothing where the app stands already', () => {
  document.body.replaceChildren();
  expect(() => tellNotOpened(document, new Error('later'))).not.toThrow();
});

it('asks nobody where storage answers in time', async () => {
  expect(await orWithout(document, Promise.resolve('database'), () => 'memory')).toBe('database');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(late()?.classList.contains('now')).toBe(false);
});

it('offers to go on without, and takes an answer that comes after all', async () => {
  let answer = (_: string): void => undefined;
  const opening = new Promise<string>((resolve) => (answer = resolve));
  const first = orWithout(document, opening, () => 'memory');
  await vi.advanceTimersByTimeAsync(10_000);
  expect([late()?.classList.contains('now'), button()?.hidden]).toEqual([true, false]);
  answer('database');
  expect(await first).toBe('database');

  const second = orWithout(document, new Promise<string>(() => undefined), () => 'memory');
  await vi.advanceTimersByTimeAsync(10_000);
  button()?.click();
  expect(await second).toBe('memory');
});
