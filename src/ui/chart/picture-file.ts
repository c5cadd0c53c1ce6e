/** A chart as a file that can be put into a report: the chart under its title, on the ground of the theme. */
import type { ChartOption } from './echarts-adapter.ts';
import type { PlotLook } from './plot.svelte.ts';

/** The kinds of file. */
export type PictureKind = 'png' | 'svg';

/** What stands above and below the chart. */
export interface PictureWords {
  readonly title: string;
  /** What the numbers are counted in, after the title; empty where they are plain. */
  readonly unit: string;
  /** What the chart says, or where it is from, in a line. */
  readonly note: string;
}

const HEAD_PX = 36;
const TITLE_LINE_PX = 20;
const NOTE_LINE_PX = 18;
const FOOT_PX = 10;
const SIDE_PX = 16;
const TITLE_PX = 15;
const NOTE_PX = 12;
/** Pixels of a PNG for one of the screen: sharp in print at the size of the screen. */
const DENSITY = 3;

/** Where an SVG is looked at the page's font may be missing, and another set wider. */
const SURE_SHARE = 0.88;

/** The texts of a picture, how high its head is, and the whole. */
interface SetWords {
  readonly lines: readonly SetLine[];
  readonly head: number;
  readonly height: number;
}

/** What a picture is made of: a text in one line, and where it stands. */
interface SetLine {
  readonly y: number;
  readonly size: number;
  readonly weight: number;
  readonly token: string;
  readonly content: string;
}

/** Draws the file. Undefined where the browser gives no canvas to measure and draw on. */
export async function pictureFile(
  kind: PictureKind,
  option: ChartOption,
  look: PlotLook,
  words: PictureWords,
): Promise<Blob | undefined> {
  const { drawCanvas, drawSvg } = await import('./echarts-adapter.ts');
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) return undefined;
  const { lines, head, height } = setWords(words, look, pen);
  if (kind === 'svg')
    return new Blob([svgAround(drawSvg(option, look), look, { lines, head, height })], {
      type: 'image/svg+xml',
    });
  return pngAround(drawCanvas(option, look, DENSITY), look, { lines, head, height });
}

/** The title above the chart and the note below it, in as many lines as they need; and how high the whole becomes. */
function setWords(
  { title, unit, note }: PictureWords,
  { width, height, font }: PlotLook,
  pen: CanvasRenderingContext2D,
): SetWords {
  const set = (text: string, size: number, weight: number) => {
    pen.font = `${weight} ${size}px ${font}`;
    return brokenAt(text, width * SURE_SHARE, (part) => pen.measureText(part).width);
  };
  const titles = set([title, unit].filter(Boolean).join(' · '), TITLE_PX, 600);
  const notes = set(note, NOTE_PX, 400);
  const head = HEAD_PX + Math.max(0, titles.length - 1) * TITLE_LINE_PX;
  const top = head + height;
  return {
    lines: [
      ...titles.map((content, index) => ({
        y: 24 + index * TITLE_LINE_PX,
        size: TITLE_PX,
        weight: 600,
        token: '--ink',
        content,
      })),
      ...notes.map((content, index) => ({
        y: top + (index + 1) * NOTE_LINE_PX,
        size: NOTE_PX,
        weight: 400,
        token: '--muted',
        content,
      })),
    ],
    head,
    height: top + notes.length * NOTE_LINE_PX + FOOT_PX,
  };
}

/** Breaks a text into lines that fit: between words, and anywhere between Chinese characters but not before a stop. */
function brokenAt(text: string, width: number, measure: (text: string) => number): string[] {
  const pieces = text.match(
    /[\u3000-\u9fff\uff00-\uffef][，。；：、）”]*|[^\s\u3000-\u9fff\uff00-\uffef]+\s*|\s+/g,
  );
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces ?? []) {
    if (line !== '' && measure((line + piece).trimEnd()) > width) {
      lines.push(line.trimEnd());
      line = piece.trimStart();
    } else line += piece;
  }
  return line.trimEnd() === '' ? lines : [...lines, line.trimEnd()];
}

/** Text between tags and in attributes. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function svgAround(
  chart: string,
  { width, height, colour, font }: PlotLook,
  { lines, head, height: whole }: SetWords,
): string {
  const wide = width + 2 * SIDE_PX;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${whole}" viewBox="0 0 ${wide} ${whole}">`,
    `<rect width="${wide}" height="${whole}" fill="${escaped(colour('--surface'))}"/>`,
    `<svg x="${SIDE_PX}" y="${head}" width="${width}" height="${height}">${chart}</svg>`,
    ...lines.map(
      ({ y, size, weight, token, content }) =>
        `<text x="${SIDE_PX}" y="${y}" font-family="${escaped(font)}" font-size="${size}" font-weight="${weight}" fill="${escaped(colour(token))}">${escaped(content)}</text>`,
    ),
    '</svg>\n',
  ].join('\n');
}

function pngAround(
  chart: HTMLCanvasElement,
  { width, height, colour, font }: PlotLook,
  { lines, head, height: whole }: SetWords,
): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * SIDE_PX) * DENSITY;
  canvas.height = whole * DENSITY;
  const pen = canvas.getContext('2d');
  if (!pen) return Promise.resolve(undefined);
  pen.scale(DENSITY, DENSITY);
  pen.fillStyle = colour('--surface');
  pen.fillRect(0, 0, width + 2 * SIDE_PX, whole);
  pen.drawImage(chart, SIDE_PX, head, width, height);
  for (const { y, size, weight, token, content } of lines) {
    pen.font = `${weight} ${size}px ${font}`;
    pen.fillStyle = colour(token);
    pen.fillText(content, SIDE_PX, y);
  }
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'));
}
