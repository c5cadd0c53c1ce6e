// @vitest-environment node
/** What is kept for use without a network: a version names its files by their content; the manifest's icons are what it says. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { versionOf } from '../../src/app/build/offline-files.ts';

it('names a version by its files, in whatever order they were built', () => {
  const files = [
    ['index.html', 'abc'],
    ['assets/a.js', ''],
  ] as const;
  const version = versionOf(new Map(files));
  // the SHA-256 of nothing and of "abc", as FIPS 180-4 gives them
  expect(version.files).toEqual([
    { file: 'assets/a.js', integrity: 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' },
    { file: 'index.html', integrity: 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=' },
  ]);
  expect(versionOf(new Map([...files].reverse()))).toEqual(version);
  expect(versionOf(new Map([...files, ['b.css', '']])).name).not.toBe(version.name);
});

it('has the icons that the manifest promises', () => {
  const manifest = JSON.parse(readFileSync('public/manifest.webmanifest', 'utf8')) as {
    icons: { src: string; sizes: string; type: string; purpose: string }[];
  };
  const pictures = manifest.icons.filter(({ type }) => type === 'image/png');
  expect(pictures.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
    '192x192 any',
    '512x512 any',
    '512x512 maskable',
  ]);
  for (const { src, sizes } of pictures) {
    // the header of a PNG: its width and height stand at the bytes 16 and 20
    const bytes = readFileSync(`public/${src}`);
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
  }
});
