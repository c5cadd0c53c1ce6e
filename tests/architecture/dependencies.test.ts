/**
 * What is installed, and what may never be again.
 *
 * A version below a floor has a known hole that matters here; a range instead of a pin lets a package change
 * without a commit; a package without integrity, or with a script that runs on install, is a way in.
 */
import { describe, expect, it } from 'vitest';
import { readFiles, readText } from '../tools/source-files.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
}

interface Locked {
  readonly version: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

const manifest = JSON.parse(readText('package.json')) as Manifest;
const lock = JSON.parse(readText('package-lock.json')) as { packages: Record<string, Locked> };
const locked = Object.entries(lock.packages)
  .filter(([place]) => place !== '')
  .map(([place, entry]) => ({ ...entry, name: place.replace(/^.*node_modules\//, '') }));
const pinned = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides };

/** The first versions without a known hole. */
const FLOORS: Readonly<Record<string, { readonly version: string; readonly because: string }>> = {
  mathjs: { version: '15.2.0', because: 'CVE-2026-40897 and CVE-2026-41139 run JavaScript from a formula' },
  handsontable: {
    version: '18.1.0',
    because: 'before it, paste between grids skipped cleaning (#13229, #13236)',
  },
  svelte: { version: '5.53.5', because: 'escaping in templates' },
};

/** Packages that do not come back, and what stands in their place. */
const REFUSED: Readonly<Record<string, string>> = {
  dompurify: 'text is escaped, not cleaned',
  exceljs: 'inflates without a limit and is not maintained',
  xlsx: 'frozen below the fixes of CVE-2023-30533 and CVE-2024-22363',
};

/** What the benchmark measures against, and nothing else may use: decision 023. */
const PEERS = ['hyperformula', '@ironcalc/wasm', '@quri/squiggle-lang'];

/** What a person's browser runs: few enough to know each. */
const MAX_PRODUCTION_PACKAGES = 25;

function isBelow(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split('-')[0]?.split('.').map(Number) ?? []);
  for (let part = 0; part < 3; part += 1) {
    const difference = (a?.[part] ?? 0) - (b?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

describe('dependencies', () => {
  it('are pinned to one version each', () => {
    const loose = Object.entries(pinned).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
    expect(loose).toEqual([]);
  });

  it('are locked to what is pinned', () => {
    const other = Object.entries(pinned).filter(
      ([name, version]) => (lock.packages[`node_modules/${name}`]?.version ?? version) !== version,
    );
    expect(other).toEqual([]);
  });

  it.each(Object.entries(FLOORS))('%s stands above its floor', (name, { version: floor }) => {
    const versions = locked.filter((entry) => entry.name === name).map(({ version }) => version);
    expect(versions).not.toEqual([]);
    expect(versions.filter((version) => isBelow(version, floor))).toEqual([]);
  });

  it.each(Object.keys(REFUSED))('%s is not among them', (name) => {
    expect(locked.filter((entry) => entry.name === name)).toEqual([]);
  });

  it('come from the registry, with integrity', () => {
    // An entry without an address comes from the registry that npm is set to.
    const doubtful = locked.filter(
      ({ resolved, integrity }) =>
        !integrity?.startsWith('sha512-') ||
        (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
    );
    expect(doubtful.map(({ name }) => name)).toEqual([]);
  });

  it('run nothing when they are installed', () => {
    expect(locked.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name)).toEqual([]);
    expect(readText('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    expect(readText('.npmrc')).toMatch(/^save-exact=true$/m);
  });

  it('are few where a person runs them', () => {
    const production = locked.filter(({ dev, devOptional }) => !dev && !devOptional);
    expect(production.length).toBeLessThanOrEqual(MAX_PRODUCTION_PACKAGES);
  });

  it.each(PEERS)('%s is for the benchmark alone', (name) => {
    expect(Object.keys(manifest.devDependencies)).toContain(name);
    const users = [...readFiles('src', /\.(ts|svelte|mjs)$/), ...readFiles('tests', /\.(ts|mjs)$/)]
      .filter(({ text }) => text.includes(`from '${name}`) || text.includes(`import('${name}`))
      .map(({ path }) => path);
    expect(users).toHaveLength(1);
    expect(users[0]).toMatch(/^tests\/bench\/contenders\//);
  });
});

describe('the comparison of versions', () => {
  it.each([
    ['15.1.9', '15.2.0', true],
    ['15.2.0', '15.2.0', false],
    ['15.10.0', '15.2.0', false],
    ['5.53.4', '5.53.5', true],
    ['18.1.0-next.1', '18.1.0', false],
  ])('%s below %s: %s', (version, floor, below) => {
    expect(isBelow(version, floor)).toBe(below);
  });
});
