/** What the charts of lines share: ground, axes, and the names at the ends of the lines. */
import { ticksOf, type Scale } from './chart-scale.ts';
import { LETTERS_PX, SIDE_PERIODS } from './chart-layout.ts';

/** Reads a token's colour, and names the letters. */
interface Ink {
  readonly colour: (token: string) => string;
  readonly font: string;
  /** Their pixels. */
  readonly letters?: number;
}

/** What an option begins with: nothing moves, the page shows through. */
export function groundOf({ font }: Pick<Ink, 'font'>) {
  return { animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: font } };
}

/** How the words and numbers along an axis look. */
export function axisText({ colour, font, letters = LETTERS_PX }: Ink) {
  return { color: colour('--muted'), fontFamily: font, fontSize: letters };
}

/** The line of a horizontal axis: at the foot even where zero lies higher, without ticks or lines across. */
export function footLine({ colour }: Pick<Ink, 'colour'>) {
  return {
    axisLine: { onZero: false, lineStyle: { color: colour('--hairline-firm') } },
    axisTick: { show: false },
    splitLine: { show: false },
  };
}

/** The horizontal axis of periods, with room beside the first and the last. */
export function periodAxis(
  ink: Ink,
  span: { readonly first: number; readonly last: number; readonly labelled: readonly number[] },
) {
  return {
    type: 'value' as const,
    min: span.first - SIDE_PERIODS,
    max: span.last + SIDE_PERIODS,
    ...footLine(ink),
    axisLabel: { ...axisText(ink), customValues: [...span.labelled], formatter: String, margin: 6 },
  };
}

/** The vertical axis of a scale; `show` writes its numbers, as shown (percent, not its fraction). */
export function levelAxis(ink: Ink, scale: Scale, show: (value: number) => string) {
  return {
    type: 'value' as const,
    min: scale.min,
    max: scale.max,
    interval: scale.step,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: ink.colour('--hairline') } },
    axisLabel: { ...axisText(ink), customValues: ticksOf(scale), formatter: show, margin: 8 },
  };
}

/** A name at the end of a line: drawn beside an invisible mark, `move` pixels down from it, cut at `width`. */
export function endName(
  { colour, font, letters = LETTERS_PX }: Ink,
  end: { readonly name: string; readonly token: string; readonly x: number; readonly y: number },
  move = 0,
  { distance, width } = { distance: 4, width: (letters / LETTERS_PX) * 100 },
) {
  return {
    value: [end.x, end.y],
    symbolSize: 0,
    itemStyle: { opacity: 1 },
    label: {
      show: true,
      position: 'right' as const,
      distance,
      offset: [0, move],
      formatter: () => end.name,
      color: colour(end.token),
      fontFamily: font,
      fontSize: letters,
      width,
      overflow: 'truncate' as const,
      align: 'left' as const,
    },
  };
}
