import { expect, test } from 'vitest';
import { isOther, moveOn, standAt } from '../../src/storage/standing.ts';

test('an append that is kept leaves one revision to stand at', async () => {
  const standing = standAt(2, 'a', 1, undefined);
  moveOn(standing, 2, 5, 'b', Promise.resolve());
  expect([...standing.ends.keys()]).toEqual([2, 5]);
  expect(await standing.ends.get(5)?.isKept).toBe(true);
  expect([...standing.ends.keys()]).toEqual([5]);
});

test('an append that fails leads back to where it was', async () => {
  const standing = standAt(2, 'a', 1, undefined);
  moveOn(standing, 2, 5, 'b', Promise.reject(new Error('full')));
  expect(await standing.ends.get(5)?.isKept).toBe(false);
  expect([...standing.ends].map(([revision, end]) => [revision, end.id])).toEqual([[2, 'a']]);
});

test('what an opening found meanwhile is not forgotten by one that fails', async () => {
  const standing = standAt(2, 'a', 1, undefined);
  moveOn(standing, 2, 5, 'b', Promise.reject(new Error('taken')));
  const begun = standing.ends.get(5);
  standAt(5, 'c', 1, standing);
  await begun?.isKept;
  expect(standing.ends.get(5)?.id).toBe('c');
});

test('an opening of another work forgets all', () => {
  const standing = standAt(3, 'a', 1, undefined);
  expect([...standAt(2, 'b', 7, standing).ends.keys()]).toEqual([2]);
});

test('a work whose beginning cannot be read is not taken for another', () => {
  expect([isOther(1, 1), isOther(1, 2), isOther(undefined, 1), isOther(null, 1), isOther(1, null)]).toEqual([
    ...[false, true, true],
    ...[false, false],
  ]);
});
