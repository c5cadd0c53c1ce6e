/** Signs of one hand, strokes on a 16-pixel square, each with a shape of its own: colour alone tells nobody anything. */
export const SIGNS = {
  check: 'm2.5 8.5 3.75 3.75L13.5 4',
  waves:
    'M2.5 6.5c1.4-1.7 2.9-2 4.4-1.1l2.2 1.2c1.5.9 3 .6 4.4-1.1M2.5 10.75c1.4-1.7 2.9-2 4.4-1.1l2.2 1.2c1.5.9 3 .6 4.4-1.1',
  cross: 'm3.5 3.5 9 9M12.5 3.5l-9 9',
  dash: 'M3.5 8h9',
  question: 'M5.25 5.5a2.75 2.75 0 1 1 4.2 2.35C8.5 8.45 8 8.9 8 10M8 13.25v.05',
  letter: 'M8 7.25v5.5M8 3.5v.05',
} as const;

/** What a sign looks like. */
export type SignShape = keyof typeof SIGNS;

/** What a sign means for a target or a plan: its colour. */
export type SignTone = 'met' | 'risk' | 'missed' | 'unknown';
