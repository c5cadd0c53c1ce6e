/** The plot of a chart: an element that is drawn in once a picture, whenever what it shows, its size or the theme changes. */
import type { Attachment } from 'svelte/attachments';
import type { ChartOption, Drawing, Size } from './echarts-adapter.ts';
import { LETTERS_PX } from './chart-layout.ts';
import { pictureFile, type PictureKind, type PictureWords } from './picture-file.ts';

/** What decides how a chart looks, read when it is drawn: tokens change with the theme. */
export interface PlotLook extends Size {
  /** Reads a token's colour. */
  readonly colour: (token: string) => string;
  readonly font: string;
  /** Pixels of the letters along axes: a room needs larger ones. */
  readonly letters: number;
  /** Drawn for a file and not for the page, whose styles do not reach it there. */
  readonly isForFile: boolean;
}

/** Builds what ECharts is told; undefined while there is nothing to draw. Reads state, so that a change draws anew. */
export type PlotOption = (look: PlotLook) => ChartOption | undefined;

/** A plot. */
export class Plot {
  readonly #option: PlotOption;
  #size = $state.raw<Size>({ width: 0, height: 0 });
  #isLoaded = $state(false);
  #theme = $state(0);
  #element: HTMLElement | undefined;

  constructor(option: PlotOption) {
    this.#option = option;
  }

  get size(): Size {
    return this.#size;
  }

  /** Whether the library has arrived and the plot is drawn. */
  get isLoaded(): boolean {
    return this.#isLoaded;
  }

  /** How the plot looks on the page; undefined until it is drawn. Read anew when its size or the theme changes. */
  get look(): PlotLook | undefined {
    void this.#theme;
    return this.#isLoaded ? this.#look(false) : undefined;
  }

  /** Links the plot to its element. */
  readonly attach: Attachment<HTMLElement> = (element) => {
    let drawing: Drawing | undefined;
    let frame: number | undefined;
    let isGone = false;
    let option: ChartOption | undefined;
    this.#element = element;

    const draw = () => {
      frame = undefined;
      if (drawing && option) drawing.draw(option, this.#size);
    };
    const observer = new ResizeObserver(() => {
      this.#size = { width: element.clientWidth, height: element.clientHeight };
    });
    observer.observe(element);
    const themes = new MutationObserver(() => (this.#theme += 1));
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    void import('./echarts-adapter.ts').then(({ beginDrawing }) => {
      if (isGone) return;
      drawing = beginDrawing(element);
      this.#isLoaded = true;
    });
    $effect(() => {
      void this.#theme;
      option = this.#isLoaded ? this.#build() : undefined;
      frame ??= requestAnimationFrame(draw);
    });
    return () => {
      isGone = true;
      observer.disconnect();
      themes.disconnect();
      if (frame !== undefined) cancelAnimationFrame(frame);
      drawing?.dispose();
      this.#element = undefined;
    };
  };

  /** The chart as it is seen, as a file. Undefined while there is nothing to draw. */
  async picture(kind: PictureKind, words: PictureWords): Promise<Blob | undefined> {
    const option = this.#build(true);
    const look = this.#look(true);
    return option && look && pictureFile(kind, option, look, words);
  }

  #build(isForFile = false): ChartOption | undefined {
    const look = this.#look(isForFile);
    return look && look.width > 0 && look.height > 0 ? this.#option(look) : undefined;
  }

  #look(isForFile: boolean): PlotLook | undefined {
    const element = this.#element;
    if (!element) return undefined;
    return lookOf(element, this.#size, isForFile);
  }
}

/** How a chart looks where an element stands. */
export function lookOf(element: HTMLElement, size: Size, isForFile: boolean): PlotLook {
  const style = getComputedStyle(element);
  return {
    ...size,
    colour: (token) => style.getPropertyValue(token).trim(),
    // ECharts writes the name into an attribute as it is, where double quotes would end it
    font: style.fontFamily.replaceAll('"', "'"),
    letters: Number.parseFloat(style.getPropertyValue('--text-12')) || LETTERS_PX,
    isForFile,
  };
}
