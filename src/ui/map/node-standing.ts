/** How a node stands to the one that is looked at, and how large nodes are. */

/** The size of a node by the language of its name: English names are longer. Unit: pixels at full size. */
export const NODE_SIZES = {
  zh: { width: 200, height: 40 },
  en: { width: 240, height: 40 },
} as const;

/** chosen: it is selected · near: it is linked to the one that is looked at · far: it is not, while one is · plain. */
export type NodeStanding = 'chosen' | 'near' | 'far' | 'plain';
