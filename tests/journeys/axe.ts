/** Asks axe about the page of a journey. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/**
 * What axe finds on the page, a line for each rule that is broken: its name and the beginnings of the elements. Run by the
 * debugger, whose scripts the page's policy does not bind.
 */
export async function findings(page: Page): Promise<string[]> {
  const client = await page.context().newCDPSession(page);
  await client.send('Page.setBypassCSP', { enabled: true });
  await client.send('Runtime.evaluate', { expression: axe.source });
  // colours are read as they end, not as they change
  const run = `(async () => {
    const ending = document.getAnimations().filter((one) => Number.isFinite(one.effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((one) => one.finished));
    return JSON.stringify((await axe.run(document, { resultTypes: ["violations"] })).violations);
  })()`;
  const { result } = await client.send('Runtime.evaluate', { expression: run, awaitPromise: true });
  const violations = JSON.parse(String(result.value)) as Violation[];
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
  );
}
