/** A chart as a file that can be put into a report: the chart under its title, on the ground of the theme. */
import type { ChartOption } from './echarts-adapter.ts';
import type { PlotLook } from './plot.svelte.ts';

/** The kinds of file. */
export type PictureKind = 'png' | 'svg';

/** What stands above and below the chart. */
export interface PictureWords {
  readonly title: string;
  /** What the chart says, or where it is from, in a line. */
  readonly note: string;
}

const HEAD_PX = 36;
const FOOT_PX = 28;
const SIDE_PX = 16;
const TITLE_PX = 15;
const NOTE_PX = 12;
/** Pixels of a PNG for one of the screen: sharp in print at the size of the screen. */
const DENSITY = 3;

/** Draws the file. */
export async function pictureFile(
  kind: PictureKind,
  option: ChartOption,
  look: PlotLook,
  words: PictureWords,
): Promise<Blob | undefined> {
  const { drawCanvas, drawSvg } = await import('./echarts-adapter.ts');
  if (kind === 'svg') {
    return new Blob([svgAround(drawSvg(option, look), look, words)], { type: 'image/svg+xml' });
  }
  return pngAround(drawCanvas(option, look, DENSITY), look, words);
}

/** Text between tags and in attributes. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function svgAround(chart: string, { width, height, colour, font }: PlotLook, words: PictureWords): string {
  const text = (y: number, size: number, weight: number, token: string, content: string) =>
    `<text x="${SIDE_PX}" y="${y}" font-family="${escaped(font)}" font-size="${size}" font-weight="${weight}" fill="${escaped(colour(token))}">${escaped(content)}</text>`;
  const whole = HEAD_PX + height + FOOT_PX;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${whole}" viewBox="0 0 ${width} ${whole}">`,
    `<rect width="${width}" height="${whole}" fill="${escaped(colour('--surface'))}"/>`,
    text(24, TITLE_PX, 600, '--ink', words.title),
    `<svg y="${HEAD_PX}" width="${width}" height="${height}">${chart}</svg>`,
    text(whole - 10, NOTE_PX, 400, '--muted', words.note),
    '</svg>\n',
  ].join('\n');
}

function pngAround(
  chart: HTMLCanvasElement,
  { width, height, colour, font }: PlotLook,
  words: PictureWords,
): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = width * DENSITY;
  canvas.height = (HEAD_PX + height + FOOT_PX) * DENSITY;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(undefined);
  context.scale(DENSITY, DENSITY);
  context.fillStyle = colour('--surface');
  context.fillRect(0, 0, width, HEAD_PX + height + FOOT_PX);
  const write = (y: number, size: number, weight: number, token: string, content: string) => {
    context.font = `${weight} ${size}px ${font}`;
    context.fillStyle = colour(token);
    context.fillText(content, SIDE_PX, y, width - 2 * SIDE_PX);
  };
  write(24, TITLE_PX, 600, '--ink', words.title);
  context.drawImage(chart, 0, HEAD_PX, width, height);
  write(HEAD_PX + height + FOOT_PX - 10, NOTE_PX, 400, '--muted', words.note);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}
