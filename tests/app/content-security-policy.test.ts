/** The policy has one text; the page's copy says the same but for what a page may not say. */
import { expect, it } from 'vitest';
import {
  CONTENT_SECURITY_POLICY,
  PAGE_SECURITY_POLICY,
  SECURITY_HEADERS,
  standalonePolicy,
} from '../../src/app/build/content-security-policy.ts';

it('refuses everything that it does not name', () => {
  expect(CONTENT_SECURITY_POLICY).toBe(
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
      "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; " +
      "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types default svelte-trusted-html",
  );
});

it('is the header of the server, and in the page but for frames', () => {
  expect(SECURITY_HEADERS['Content-Security-Policy']).toBe(CONTENT_SECURITY_POLICY);
  expect(PAGE_SECURITY_POLICY).toBe(CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'; ", ''));
});

it('allows a standalone page its one script and no request', () => {
  expect(standalonePolicy('AAA=')).toBe(
    "default-src 'none'; script-src 'sha256-AAA=' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; " +
      "img-src data: blob:; font-src data:; connect-src 'none'; worker-src blob:; manifest-src 'none'; " +
      "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; " +
      'trusted-types default svelte-trusted-html',
  );
});
