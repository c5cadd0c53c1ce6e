/** The views of an open plan that stand in the middle: the grid, what is asked of the whole plan, and the plan itself. */
import type { Component } from 'svelte';
import type { PlanSession } from '#session';

/** An analysis of the plan; its component arrives when it is first opened. */
interface AnalysisView {
  readonly key: string;
  readonly label:
    | 'view_compare'
    | 'view_reach'
    | 'view_sensitivity'
    | 'view_uncertainty'
    | 'view_map'
    | 'view_audit'
    | 'view_lessons'
    | 'view_model';
  readonly load: () => Promise<{ default: Component<{ session: PlanSession }> }>;
}

export const ANALYSIS_VIEWS = [
  { key: 'compare', label: 'view_compare', load: () => import('../compare/compare.svelte') },
  { key: 'reach', label: 'view_reach', load: () => import('../reach/reach.svelte') },
  { key: 'sensitivity', label: 'view_sensitivity', load: () => import('../sensitivity/sensitivity.svelte') },
  { key: 'uncertainty', label: 'view_uncertainty', load: () => import('../uncertainty/uncertainty.svelte') },
  { key: 'map', label: 'view_map', load: () => import('../map/map.svelte') },
  { key: 'lessons', label: 'view_lessons', load: () => import('../teach/lessons-view.svelte') },
  { key: 'audit', label: 'view_audit', load: () => import('../audit/audit.svelte') },
  { key: 'model', label: 'view_model', load: () => import('../plan/model.svelte') },
] as const satisfies readonly AnalysisView[];

/** The key of an analysis. */
export type AnalysisKey = (typeof ANALYSIS_VIEWS)[number]['key'];

/** What stands in the middle. */
export type ViewKey = 'grid' | AnalysisKey;
