/** The only file that knows ECharts. Loaded when the first chart is shown; draws SVG, without animation. */
import { LineChart, ScatterChart, type LineSeriesOption, type ScatterSeriesOption } from 'echarts/charts';
import { GridComponent, type GridComponentOption } from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([LineChart, ScatterChart, GridComponent, SVGRenderer]);

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
  let drawnSize = { width: 0, height: 0 };
  let drawnShape = '';
  return {
    draw(option, size) {
      if (size.width !== drawnSize.width || size.height !== drawnSize.height) {
        chart.resize({ ...size, silent: true });
        drawnSize = size;
      }
      // new numbers in the same series are taken over; with other series the chart begins anew
      const shape = [option.series ?? []]
        .flat()
        .map((series) => series.type)
        .join();
      chart.setOption(option, { notMerge: shape !== drawnShape, silent: true });
      drawnShape = shape;
    },
    dispose: () => chart.dispose(),
  };
}
