/** The only file that knows ECharts. Loaded when the first chart is shown; draws SVG, without animation. */
import {
  BarChart,
  LineChart,
  ScatterChart,
  type BarSeriesOption,
  type LineSeriesOption,
  type ScatterSeriesOption,
} from 'echarts/charts';
import {
  GraphicComponent,
  GridComponent,
  MarkLineComponent,
  type GraphicComponentOption,
  type GridComponentOption,
  type MarkLineComponentOption,
} from 'echarts/components';
import { init, use, type ComposeOption } from 'echarts/core';
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers';

use([
  BarChart,
  LineChart,
  ScatterChart,
  GraphicComponent,
  GridComponent,
  MarkLineComponent,
  CanvasRenderer,
  SVGRenderer,
]);

/** What a chart is told. */
export type ChartOption = ComposeOption<
  | BarSeriesOption
  | LineSeriesOption
  | ScatterSeriesOption
  | GraphicComponentOption
  | GridComponentOption
  | MarkLineComponentOption
>;

/** A size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A chart on the page. */
export interface Drawing {
  /** Shows this and nothing of before. */
  draw(option: ChartOption, size: Size): void;
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
      chart.setOption(option, { notMerge: shape !== drawnShape || 'graphic' in option, silent: true });
      drawnShape = shape;
    },
    dispose: () => chart.dispose(),
  };
}

/** Draws a chart off the page, as the text of an SVG image. */
export function drawSvg(option: ChartOption, size: Size): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** Draws a chart off the page, on a canvas with `density` pixels for one. */
export function drawCanvas(option: ChartOption, size: Size, density: number): HTMLCanvasElement {
  const chart = init(document.createElement('div'), null, { renderer: 'canvas', ...size });
  try {
    chart.setOption(option);
    return chart.getRenderedCanvas({ pixelRatio: density });
  } finally {
    chart.dispose();
  }
}
