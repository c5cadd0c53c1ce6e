/** What the gate lets through: text that is escaped, our own script files, and never a script from text. */
import { describe, expect, it } from 'vitest';
import { trustedTypesRules } from '../../src/app/trusted-types.ts';

const rules = trustedTypesRules('https://example.org/tuiyan/index.html?plan=a#s=b');

describe('markup', () => {
  it('becomes text', () => {
    expect(rules.createHTML('<img src=x onerror="a(\'b\')">&')).toBe(
      '&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;',
    );
  });

  it('may be emptied', () => {
    expect(rules.createHTML('')).toBe('');
  });
});

describe('the address of a script', () => {
  it.each([
    './assets/worker-B1x_2-c.js',
    'https://example.org/tuiyan/assets/index.js',
    '/tuiyan/assets/index.js',
  ])('%s is ours', (address) => {
    expect(rules.createScriptURL(address)).toMatch(/^https:\/\/example\.org\/tuiyan\/assets\/[\w.-]+\.js$/);
  });

  it.each([
    'https://example.com/tuiyan/assets/index.js',
    'https://example.org/assets/index.js',
    'https://example.org/tuiyan/other/index.js',
    './assets/../other.js',
    './assets/deep/index.js',
    './assets/index.js?x',
    './assets/index.js#x',
    './assets/data.json',
    'data:text/javascript,1',
    'blob:https://example.org/1',
    'javascript:1',
    '//example.com/assets/index.js',
  ])('%s is not', (address) => {
    expect(rules.createScriptURL(address)).toBeNull();
  });
});

it('the service worker has one place', () => {
  expect(rules.createScriptURL('./service-worker.js')).toBe('https://example.org/tuiyan/service-worker.js');
  expect(rules.createScriptURL('./other/service-worker.js')).toBeNull();
  expect(rules.createScriptURL('./service-worker.js?x')).toBeNull();
});

it('a page with everything in line has its own worker, and no other script', () => {
  const inLine = trustedTypesRules('file:///home/a.html', 'blob:null/1');
  expect(inLine.createScriptURL('blob:null/1')).toBe('blob:null/1');
  expect(inLine.createScriptURL('blob:null/2')).toBeNull();
  expect(inLine.createScriptURL('file:///home/assets/index.js')).toBeNull();
  expect(inLine.createScriptURL('file:///home/service-worker.js')).toBeNull();
});

it('a script is never made from text', () => {
  expect(rules.createScript()).toBeNull();
});
