// @vitest-environment node
/** The standalone page: its text is put together and taken apart without loss, and nothing in a plan can end its block. */
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { toBundle } from '#exchange';
import { StandaloneNotWritten } from '#session';
import { buildMemoryStore } from '#storage';
import { aPlan, aScenario } from '#tests/builders';
import { layInLine, scriptInPage } from '../../src/app/build/standalone-page.ts';
import { printHeldPlan, readHeldPlan, storeForHeld } from '../../src/app/held-plan.ts';
import { openStandalone } from '../../src/app/open-standalone.ts';
import { EMPTY_PLAN_BLOCK, fillSkeleton, withPlan } from '../../src/app/standalone-text.ts';

const PAGE = `<!doctype html>
<html>
  <head>
    <link rel="icon" href="./icon.svg" />
    <link rel="manifest" href="./manifest.webmanifest" />
    <script type="module" crossorigin src="./assets/index-a.js"></script>
    <link rel="stylesheet" crossorigin href="./assets/style-b.css">
  </head>
  <body>
    <div id="app"></div>
  </body>
</html>
`;

/** Parts that try to be found where they do not belong. */
const PARTS = {
  styles: 'a{color:red}/*tuiyan:worker*/',
  worker: 'postMessage("$& /*tuiyan:program*/")',
  program: `const empty='<script type="application/json" id="tuiyan-plan"></'+'script>';`,
};

const blockOf = (page: string, id: string) =>
  new RegExp(`<(script|style)[^>]* id="${id}"[^>]*>([^]*?)</\\1>`).exec(page)?.[2];

const plan = aPlan().driver('growth', '10%').line('loans', { 2020: 100 }, 'loans[t-1]*(1+growth)').build();
const named = (name: string) => ({ ...aScenario(), id: 'mine', name: { zh: name, en: name } });

afterEach(() => vi.unstubAllGlobals());

describe('the empty page', () => {
  const page = layInLine(PAGE, PARTS, '<svg/>');

  it('has every part in its block and asks for no file', () => {
    expect(blockOf(page, 'tuiyan-styles')).toBe(PARTS.styles);
    expect(blockOf(page, 'tuiyan-worker')).toBe(PARTS.worker);
    expect(blockOf(page, 'tuiyan-program')).toBe(PARTS.program);
    expect(page).not.toMatch(/(href|src)="\./);
    expect(page).toContain('href="data:image/svg+xml;base64,PHN2Zy8+"');
  });

  it('allows its own script by the digest, and no request', () => {
    expect(page).toMatch(/script-src 'sha256-[A-Za-z0-9+/]{43}=' 'wasm-unsafe-eval'/);
    expect(page).toContain("connect-src 'none'");
    expect(page).toContain('worker-src blob:');
    expect(page).not.toContain("'self'");
  });

  it('is written again from its own parts, byte for byte', () => {
    const skeleton = JSON.parse(blockOf(page, 'tuiyan-skeleton') ?? '') as string;
    expect(fillSkeleton(skeleton, PARTS)).toBe(page);
  });

  it('takes a plan in the first block, not where the program speaks of it', () => {
    const filled = withPlan(page, '{"a":1}', 'editable') ?? '';
    expect(blockOf(filled, 'tuiyan-plan')).toBe('{"a":1}');
    expect(filled).toContain('data-use="editable"');
    expect(filled.replace(' data-use="editable">{"a":1}</script>', '></script>')).toBe(page);
    expect(withPlan('<!doctype html><title>not found</title>', '{}', 'editable')).toBeUndefined();
  });
});

describe('a script in a page', () => {
  it('says the same and cannot end its block', () => {
    const code = 'out = ["</script>", "<!-- a", /<\\/script>/.test("</script>"), `</SCRIPT x`, 3<!1]';
    const inPage = scriptInPage(code);
    expect(inPage).not.toMatch(/<\/script|<!--/i);
    expect(runInNewContext(`${inPage};out`)).toEqual(runInNewContext(`${code};out`));
  });

  it('refuses what would be no script any more', () => {
    expect(() => scriptInPage('a <!--b')).toThrow();
  });
});

describe('a plan in a page', () => {
  const hostile = '</script><script>alert(1)</script><!-- <script> \u2028 🏙';

  it('comes out as it went in, whatever it is called, in one line', () => {
    const bundle = toBundle(plan, [...plan.scenarios, named(hostile)], 'mine');
    const page = withPlan(EMPTY_PLAN_BLOCK, printHeldPlan(bundle), 'read-only') ?? '';
    expect(page.match(/<\/?script/g)).toHaveLength(2);
    const read = readHeldPlan(blockOf(page, 'tuiyan-plan') ?? '');
    // a name has a blank where a line was broken
    const kept = hostile.replace('\u2028', ' ');
    expect(read.ok && read.value.scenarios.map((one) => one.name.zh)).toEqual([kept]);
    expect(read.ok && read.value.view?.scenario).toBe('mine');
    expect(read.ok && read.value.plan.lines.length).toBe(plan.lines.length);
  });

  it('is read whole or not at all', () => {
    const text = printHeldPlan(toBundle(plan, plan.scenarios));
    const cut = readHeldPlan(text.slice(0, text.length / 2));
    expect(cut).toMatchObject({ ok: false, problems: [{ code: 'import_json_end' }] });
    expect(readHeldPlan('{"kind":"bundle","format":99}')).toMatchObject({
      ok: false,
      problems: [{ code: 'import_newer_format' }],
    });
  });

  it('has its work kept apart from the work on the shipped plan, and from the plan another page has open', async () => {
    const store = buildMemoryStore();
    await store.keepSettings({ language: 'en', openPlan: 'another' });
    const read = readHeldPlan(printHeldPlan(toBundle(plan, plan.scenarios)));
    if (!read.ok) throw new Error('not read');
    const held = storeForHeld(store, read.value);
    await held.append(plan.id, 0, [{ kind: 'undo', at: 1 }]);
    expect((await store.open(plan.id, 2)).entries).toEqual([]);
    expect((await held.open(plan.id, 3)).entries).toHaveLength(1);
    expect((await held.list()).map((one) => one.plan)).toEqual([plan.id]);
    expect(await held.readSettings()).toEqual({ language: 'en', openPlan: plan.id });
    await held.keepSettings({ language: 'zh', openPlan: plan.id });
    expect(await store.readSettings()).toEqual({ language: 'zh', openPlan: 'another' });
  });
});

describe('writing from the served app', () => {
  const open = () => openStandalone(undefined, 'https://example.org/a/');
  const bundle = toBundle(plan, plan.scenarios);
  const code = (thrown: unknown) => (thrown instanceof StandaloneNotWritten ? thrown.code : thrown);

  it('fills the page that lies beside the app', async () => {
    const asked = vi.fn(() => Promise.resolve(new Response(EMPTY_PLAN_BLOCK)));
    vi.stubGlobal('fetch', asked);
    const writer = open();
    const blob = await writer.write(bundle, true);
    expect(asked).toHaveBeenCalledWith('https://example.org/a/standalone.html');
    expect(blockOf(await blob.text(), 'tuiyan-plan')).toBe(printHeldPlan(bundle).replaceAll('<', '\\u003c'));
    expect(await writer.canWrite()).toBe(true);
  });

  it('writes again without a network what it has fetched once', async () => {
    const writer = open();
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(EMPTY_PLAN_BLOCK)));
    await writer.write(bundle, true);
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    expect(await writer.canWrite()).toBe(true);
    const again = await (await writer.write(bundle, true)).text();
    expect(blockOf(again, 'tuiyan-plan')).toBe(printHeldPlan(bundle).replaceAll('<', '\\u003c'));
    expect(await open().canWrite()).toBe(false);
  });

  it('says that it is out of reach, or not what it should be', async () => {
    const writer = open();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('no network')));
    expect(await writer.canWrite()).toBe(false);
    expect(await writer.write(bundle, true).catch(code)).toBe('unreachable');
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
    expect(await writer.canWrite()).toBe(false);
    expect(await writer.write(bundle, true).catch(code)).toBe('unreachable');
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<!doctype html>')));
    expect(await writer.write(bundle, true).catch(code)).toBe('incomplete');
  });
});
