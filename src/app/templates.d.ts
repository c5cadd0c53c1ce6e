/** The shipped plans and lessons, made by `build/template-index.ts`. */
declare module 'virtual:templates' {
  import type { LessonCover } from '#plan';
  import type { Template } from '#session';
  /** In the order of their ids; `load` gives the plan's JSON, unchecked. */
  export const templates: readonly (Template & { readonly load: () => Promise<unknown> })[];
  /** In the order of their files' names; `load` gives the lesson's JSON, unchecked. */
  export const lessons: readonly (LessonCover & { readonly load: () => Promise<unknown> })[];
}
