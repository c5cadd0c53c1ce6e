/** The chart of the selected line: what it draws, what it says, how it is read by keys. */
import { render, screen, within } from '@testing-library/svelte';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { formatNumber } from '#quantity';
import { wordsIn } from '#words';
import { LineCourse } from '#session';
import { layoutFor } from '../../../src/ui/chart/chart-layout.ts';
import { optionFor } from '../../../src/ui/chart/chart-option.ts';
import { pictureOf } from '../../../src/ui/chart/chart-picture.ts';
import { scaleFor } from '../../../src/ui/chart/chart-scale.ts';
import LineChart from '../../../src/ui/chart/line-chart.svelte';
import { anAppSession } from '../../helpers/app-session.ts';
import { aPlan } from '../../helpers/builders.ts';
import InApp from '../../helpers/in-app.svelte';
import { openSession } from '../../helpers/sessions.ts';

async function aSession() {
  const plan = aPlan()
    .periods(2015, 2020, 2025)
    .driver('growth', '10%', { unit: '%', decimals: 1 })
    .line('loans', { 2015: 60, 2020: 100 }, 't > base ? loans[t-1] * (1 + growth) : 0 / 0', {
      unit: '亿元',
      decimals: 1,
    })
    .line('nothing')
    .target('loans', 150, { comparator: 'range', upTo: 170, direction: 'near' })
    .build();
  const { session } = await openSession(plan);
  session.select('loans', 2025);
  return session;
}

const context = {
  language: 'zh' as const,
  words: wordsIn('zh'),
  number: (value: number, unit: Parameters<typeof formatNumber>[1]['unit'], options = {}) =>
    formatNumber(value, { unit, language: 'zh', ...options }),
  name: (text: { zh: string }) => text.zh,
  app: undefined as never,
};

describe('the picture', () => {
  it('joins what was, what is projected and what is wanted', async () => {
    const session = await aSession();
    const picture = pictureOf(session, new LineCourse(session), context);
    expect(picture?.history.map((point) => point.x)).toEqual([2015, 2020]);
    expect(picture?.projection.map((point) => point.x)).toEqual([2020, 2021, 2022, 2023, 2024, 2025]);
    expect(picture?.targets).toEqual([{ x: 2025, low: 150, high: 170 }]);
    expect(picture?.plan).toEqual([]);
    expect(picture?.isRate).toBe(false);
  });

  it('goes through an actual that is known between projected years', async () => {
    const session = await aSession();
    session.enterActual('loans', 2022, 130);
    const picture = pictureOf(session, new LineCourse(session), context);
    expect(picture?.history.map((point) => point.x)).toEqual([2015, 2020]);
    expect(picture?.projection.map((point) => [point.x, point.isObserved ?? false])).toEqual([
      [2020, true],
      [2021, false],
      [2022, true],
      [2023, false],
      [2024, false],
      [2025, false],
    ]);
    // known up to there, the projection begins with it
    session.enterActual('loans', 2021, 120);
    const later = pictureOf(session, new LineCourse(session), context);
    expect(later?.history.map((point) => point.x)).toEqual([2015, 2020, 2021, 2022]);
    expect(later?.projection.map((point) => point.x)).toEqual([2022, 2023, 2024, 2025]);
  });

  it('shows the plan beside another scenario', async () => {
    const session = await aSession();
    session.moveLever('growth', 0.05);
    const picture = pictureOf(session, new LineCourse(session), context);
    expect(picture?.plan.at(-1)?.y).toBeCloseTo(161.051, 6);
    expect(picture?.projection.at(-1)?.y).toBeCloseTo(127.628, 3);
    expect(picture?.colours.projection).not.toBe(picture?.colours.plan);
  });

  it('shows rates as percent on a free axis', async () => {
    const session = await aSession();
    session.select('growth', 2025);
    const picture = pictureOf(session, new LineCourse(session), context);
    expect(picture?.isRate).toBe(true);
    expect(picture?.numbers.at(-1)).toBeCloseTo(10, 9);
  });

  it('bridges years without a number by a dotted line only', async () => {
    const session = await aSession();
    const picture = pictureOf(session, new LineCourse(session), context);
    if (!picture) throw new Error('nothing to draw');
    const option = optionFor(picture, {
      layout: layoutFor({ width: 800, height: 300 }, picture, 3),
      scale: scaleFor(picture.numbers, true, 4),
      colour: (token) => token,
      font: 'sans-serif',
      show: String,
    });
    const lines = (option.series as { type: string; data: unknown; lineStyle?: { type?: unknown } }[]).filter(
      (series) => series.type === 'line' && Array.isArray(series.data),
    );
    const solid = lines.find(
      (series) => JSON.stringify(series.data).startsWith('[[2015,60]') && series.lineStyle?.type === 'solid',
    );
    expect(solid?.data).toEqual([
      [2015, 60],
      [2016, null],
      [2020, 100],
    ]);
    expect(
      lines.some(
        (series) =>
          Array.isArray(series.lineStyle?.type) && JSON.stringify(series.data).includes('[2020,100]'),
      ),
    ).toBe(true);
  });
});

describe('the chart', () => {
  it('asks for a line when none is selected, and says when there is nothing to draw', async () => {
    const { session } = await openSession(aPlan().line('nothing').build());
    render(InApp, { props: { app: anAppSession([]), part: LineChart, session } });
    expect(screen.getByText(/^在表格或目标里选一行/)).toBeVisible();
    session.select('nothing', 2025);
    expect(await screen.findByText('这一行没有可画的数值。')).toBeVisible();
  });

  it('tells its content in a sentence and a table', async () => {
    const session = await aSession();
    session.moveLever('growth', 0.05);
    render(InApp, { props: { app: anAppSession([]), part: LineChart, session } });
    expect(
      screen.getByText(
        'loans：2020 年 100.0 亿元，2025 年 127.6 亿元，年均 +5.0%。2025 年目标 150–170，未达成。',
      ),
    ).toBeInTheDocument();
    const rows = within(screen.getByRole('table')).getAllByRole('row');
    expect(rows.at(-1)).toHaveTextContent('2025');
    expect(rows.at(-1)).toHaveTextContent('127.6 亿元');
    expect(rows.at(-1)).toHaveTextContent('161.1 亿元');
    expect(rows).toHaveLength(1 + 7);
  });

  it('is read by arrow keys, which move the selected year', async () => {
    const session = await aSession();
    render(InApp, { props: { app: anAppSession([]), part: LineChart, session } });
    const cursor = screen.getByRole('slider');
    cursor.focus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(session.selection).toEqual({ line: 'loans', period: 2024 });
    expect(cursor).toHaveAttribute('aria-valuetext', '2024 年：plan 146.4 亿元');
    await userEvent.keyboard('{Home}{ArrowLeft}');
    expect(session.selection?.period).toBe(2015);
  });
});
