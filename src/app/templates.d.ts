/** The shipped plans, made by `build/template-index.ts`. */
declare module 'virtual:templates' {
  import type { Template } from '#session';
  /** In the order of their ids; `load` gives the plan's JSON, unchecked. */
  export const templates: readonly (Template & { readonly load: () => Promise<unknown> })[];
}
