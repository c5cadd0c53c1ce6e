/**
 * What the page may load and run: the one text of the policy, and the Vite plugin that puts it to work.
 *
 * The server sends it as a header. A page opened from a plain file server has no header, so the build writes a
 * copy into the page. `npm run dev` is exempt, because Vite's own client needs what the policy refuses.
 */
import type { Plugin } from 'vite';

const DIRECTIVES: readonly string[] = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default svelte-trusted-html',
];

/** The policy as the server's header says it. */
export const CONTENT_SECURITY_POLICY = DIRECTIVES.join('; ');

/** The policy as the page says it: a `<meta>` may not speak of `frame-ancestors`, browsers warn about it. */
export const PAGE_SECURITY_POLICY = DIRECTIVES.filter(
  (directive) => !directive.startsWith('frame-ancestors'),
).join('; ');

/** What differs in a page that has everything in line, and speaks to nobody. */
const STANDALONE: ReadonlyMap<string, (digest: string) => string> = new Map([
  ['script-src', (digest: string) => `script-src 'sha256-${digest}' 'wasm-unsafe-eval'`],
  ['style-src', () => "style-src 'unsafe-inline'"],
  ['img-src', () => 'img-src data: blob:'],
  ['font-src', () => 'font-src data:'],
  ['connect-src', () => "connect-src 'none'"],
  ['worker-src', () => 'worker-src blob:'],
  ['manifest-src', () => "manifest-src 'none'"],
]);

/** The policy of a standalone page, whose only script has this SHA-256 in base64. */
export function standalonePolicy(digest: string): string {
  return PAGE_SECURITY_POLICY.split('; ')
    .map((directive) => STANDALONE.get(directive.split(' ')[0] ?? '')?.(digest) ?? directive)
    .join('; ');
}

/** The headers of a server of the built app: the policy, and the isolation that shared memory asks for. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Writes the policy into the built page, before anything that it governs. */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'tuiyan-content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_SECURITY_POLICY },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}
