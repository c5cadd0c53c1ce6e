/** The only file that knows ECharts. Loaded when the first chart is shown; draws SVG, without animation. */
import { LineChart, ScatterChart, type LineSeriesOption, type ScatterSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  type GridComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, ScatterChart, GridComponent, MarkAreaComponent, MarkLineComponent, SVGRenderer]);

/** What a chart is told. */
export type ChartOption = ComposeOption<LineSeriesOption | ScatterSeriesOption | GridComponentOption>;

/** A chart on the page. */
export interface Drawing {
  /** Shows this and nothing of before. */
  draw(option: ChartOption, size: { readonly width: number; readonly height: number }): void;
  dispose(): void;
}

/** Begins a chart in an element that is empty. */
export function beginDrawing(element: HTMLElement): Drawing {
  const chart = init(element, null, { renderer: 'svg' });
  return {
    draw(option, size) {
      chart.resize({ ...size, silent: true });
      chart.setOption(option, { notMerge: true, silent: true });
    },
    dispose: () => chart.dispose(),
  };
}
