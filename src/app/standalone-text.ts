/**
 * The standalone page as text: one HTML file with every part of the app in line, and a block for somebody's plan.
 *
 * The file holds its own skeleton, the page with a hole where each part stands. From it and from the parts, which the
 * browser keeps as they were read, an open page writes the file anew, byte for byte: what it has become in the meantime,
 * and what a browser extension has put into it, does not get in.
 */

/** The parts that are laid into the page, each in a block of its own. */
const PAGE_PARTS = ['styles', 'worker', 'program'] as const;

/** A part of the page. */
export type PagePart = (typeof PAGE_PARTS)[number];

/** What may be done with the plan in a page: only looked at, or worked on. */
export type PageUse = 'read-only' | 'editable';

/** The id of the block that holds a part, the skeleton, or the plan. */
export function blockId(part: PagePart | 'skeleton' | 'plan'): string {
  return `tuiyan-${part}`;
}

/** Where a part goes in the skeleton. */
export function holeFor(part: PagePart | 'skeleton'): string {
  return `/*tuiyan:${part}*/`;
}

/** The block for a plan, with nothing in it. It stands before every other part, so that the first one found is the block. */
export const EMPTY_PLAN_BLOCK = `<script type="application/json" id="${blockId('plan')}"></script>`;

/** Fills the holes of a skeleton, each once; `fill` is not looked through for holes of its own. */
export function fillSkeleton(skeleton: string, parts: Readonly<Record<PagePart, string>>): string {
  const fills = new Map([
    ...PAGE_PARTS.map((part) => [holeFor(part), parts[part]] as const),
    [holeFor('skeleton'), jsonInPage(JSON.stringify(skeleton))],
  ]);
  return skeleton.replace(/\/\*tuiyan:\w+\*\//g, (hole) => {
    const fill = fills.get(hole);
    if (fill === undefined) throw new Error(`the page has no part for ${hole}`);
    return fill;
  });
}

/** JSON as it may stand inside a `<script>`: no text in it can end the block. */
function jsonInPage(json: string): string {
  return json.replaceAll('<', String.raw`\u003c`);
}

/**
 * Puts a plan into a page that holds none.
 *
 * Missing: undefined when the text is no such page.
 */
export function withPlan(page: string, json: string, use: PageUse): string | undefined {
  const at = page.indexOf(EMPTY_PLAN_BLOCK);
  if (at < 0) return undefined;
  const block = `<script type="application/json" id="${blockId('plan')}" data-use="${use}">${jsonInPage(json)}</script>`;
  return page.slice(0, at) + block + page.slice(at + EMPTY_PLAN_BLOCK.length);
}
