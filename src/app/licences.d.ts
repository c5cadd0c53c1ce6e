/** The libraries that are shipped, made by `build/licence-list.ts`. */
declare module 'virtual:licences' {
  import type { Licence } from '#session';
  /** By name. */
  export const licences: readonly Licence[];
}
