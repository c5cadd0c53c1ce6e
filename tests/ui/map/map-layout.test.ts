/** The map's places: columns as given, nothing upon another, links that arrive; and the names in the nodes. */
import { describe, expect, it } from 'vitest';
import { buildEngine } from '#engine';
import { loadPlan, planIds } from '#tests/plans';
import { buildMapGraph } from '../../../src/session/logic-map-graph.ts';
import { showMap } from '../../../src/session/logic-map-shown.ts';
import { heightsInColumns } from '../../../src/ui/map/column-heights.ts';
import { layOutMap, pathOf } from '../../../src/ui/map/map-layout.ts';
import { stepAlong } from '../../../src/ui/map/map-walk.ts';
import { brokenText, textWidth } from '../../../src/ui/map/node-text.ts';
import { NODE_SIZES } from '../../../src/ui/map/node-standing.ts';
import { Viewport } from '../../../src/ui/map/viewport.svelte.ts';

const NODE = NODE_SIZES.zh;
const node = (id: string, layer: number) => ({ id, layer, height: NODE.height });
const link = (from: string, to: string, isForward = true) => ({ from, to, isForward });

describe('the layout', () => {
  it('keeps the columns, and leads a long link through the one between', () => {
    const nodes = [node('a', 0), node('b', 1), node('c', 2)];
    const links = [link('a', 'b'), link('b', 'c'), link('a', 'c'), link('c', 'a', false)];
    const { middles, routes } = layOutMap(nodes, links, NODE.width);
    const xs = nodes.map(({ id }) => middles.get(id)?.x ?? 0);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(new Set(xs).size).toBe(3);
    const [first, , long, back] = routes;
    expect(first).toHaveLength(2);
    expect(long).toHaveLength(4);
    // it passes beside b
    expect(Math.abs((long?.[1]?.y ?? 0) - (middles.get('b')?.y ?? 0))).toBeGreaterThanOrEqual(
      NODE.height / 2,
    );
    expect(back?.[0]?.x).toBe((middles.get('c')?.x ?? 0) - NODE.width / 2);
    expect(back?.[1]?.x).toBe((middles.get('a')?.x ?? 0) + NODE.width / 2);
    expect(pathOf(first ?? [])).toMatch(/^M[\d.]+ [\d.]+C/);
  });

  it('stands lone nodes in rows below', () => {
    const nodes = [node('a', 0), node('b', 1), ...['p', 'q', 'r', 's'].map((id) => node(id, 0))];
    const { middles, height } = layOutMap(nodes, [link('a', 'b')], NODE.width);
    const lowest = Math.max(middles.get('a')?.y ?? 0, middles.get('b')?.y ?? 0);
    const ys = ['p', 'q', 'r', 's'].map((id) => middles.get(id)?.y ?? 0);
    expect(Math.min(...ys)).toBeGreaterThan(lowest + NODE.height / 2);
    expect(new Set(ys).size).toBe(2);
    expect(height).toBeGreaterThan(Math.max(...ys) + NODE.height / 2);
  });

  it('is nothing for nothing', () => {
    expect(layOutMap([], [], NODE.width).routes).toEqual([]);
  });

  it.each(planIds)('lays no node of %s upon another, and none outside', (id) => {
    const plan = loadPlan(id);
    for (const areLoneShown of [false, true]) {
      const { nodes, links } = showMap(buildMapGraph(buildEngine(plan), []), plan, {
        folded: new Set(),
        areLoneShown,
      });
      const { middles, width, height, routes } = layOutMap(
        nodes.map((one) => ({ ...one, height: NODE.height })),
        links,
        NODE.width,
      );
      const placed = nodes.map((one) => middles.get(one.id) ?? { x: NaN, y: NaN });
      for (const { x, y } of placed) {
        expect(x).toBeGreaterThanOrEqual(NODE.width / 2);
        expect(x).toBeLessThanOrEqual(width - NODE.width / 2);
        expect(y).toBeGreaterThanOrEqual(NODE.height / 2);
        expect(y).toBeLessThanOrEqual(height - NODE.height / 2);
      }
      const upon = placed.filter((a, index) =>
        placed
          .slice(index + 1)
          .some((b) => Math.abs(a.x - b.x) < NODE.width && Math.abs(a.y - b.y) < NODE.height),
      );
      expect(upon).toEqual([]);
      expect(routes.every((route) => route.length >= 2)).toBe(true);
    }
  });
});

describe('heights in columns', () => {
  const item = (id: string) => ({ id, height: 10 });
  it('stand beside what they are linked with, in the order given, a gap apart', () => {
    const heights = heightsInColumns(
      [[item('a'), item('b'), item('c')], [item('d')]],
      [{ left: 'c', right: 'd', weight: 1 }],
      () => 5,
    );
    expect(heights.get('d')).toBeCloseTo(heights.get('c') ?? 0, 3);
    const column = ['a', 'b', 'c'].map((id) => heights.get(id) ?? 0);
    expect((column[1] ?? 0) - (column[0] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9);
    expect((column[2] ?? 0) - (column[1] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9);
    expect(Math.min(...heights.values())).toBe(5);
  });
});

describe('a name in a node', () => {
  const room = { width: 96, size: 12, lines: 2 };
  it('breaks between Chinese signs and before English words', () => {
    expect(brokenText('制造业中长期贷款增速', room)).toEqual(['制造业中长期贷款', '增速']);
    expect(brokenText('Loans to enterprises', room)).toEqual(['Loans to', 'enterprises']);
  });
  it('begins no line with a comma or a closing bracket', () => {
    expect(brokenText('制造业中长期贷款（推算）', { ...room, width: 132 })).toEqual([
      '制造业中长期贷款（推',
      '算）',
    ]);
  });
  it('ends no line with an opening bracket', () => {
    // nine signs would fit, the ninth is the bracket
    expect(brokenText('社会融资规模近似（贷款与直接融资）', { ...room, width: 110 })).toEqual([
      '社会融资规模近似',
      '（贷款与直接融资）',
    ]);
  });
  it('leaves no character alone on the last line where there is company', () => {
    expect(brokenText('制造业中长期贷款额', room)).toEqual(['制造业中长期贷', '款额']);
    expect(brokenText('金融增加值占GDP比重', { ...room, width: 110 })).toEqual(['金融增加值占GDP', '比重']);
    // the lines before it are full as well
    expect(brokenText('一二三四五六七八九', { ...room, width: 48, lines: 3 })).toEqual([
      '一二三',
      '四五六',
      '七八九',
    ]);
  });
  it('ends with an ellipsis where it does not fit', () => {
    const [, second] = brokenText('政府性融资担保机构小微企业和“三农”担保业务余额', room);
    expect(second).toMatch(/…$/);
    expect(textWidth(second ?? '', room.size)).toBeLessThanOrEqual(room.width);
    // what is cut keeps its spaces
    const [cut] = brokenText('Deposits of banking institutions of the city', { ...room, lines: 1 });
    expect(cut).toMatch(/^Deposits of.*…$/);
    const [word] = brokenText('Incomprehensibilities', { ...room, lines: 1 });
    expect(word).toMatch(/^Incom.*…$/);
  });
});

describe('arrow keys', () => {
  const shown = {
    nodes: ['a', 'b', 'c', 'd'].map((id, index) => ({
      id,
      section: 's',
      lines: [id],
      layer: index === 0 ? 0 : 1,
    })),
    links: [
      { from: 'a', to: 'b', isLagged: false, isForward: true },
      { from: 'a', to: 'd', isLagged: false, isForward: true },
      { from: 'c', to: 'a', isLagged: true, isForward: false },
    ],
    lone: 0,
    cut: 0,
  };
  const middles = new Map([
    ['a', { x: 0, y: 50 }],
    ['b', { x: 9, y: 0 }],
    ['c', { x: 9, y: 50 }],
    ['d', { x: 9, y: 80 }],
  ]);
  const step = (from: string, way: 'left' | 'right' | 'up' | 'down') => stepAlong(from, way, shown, middles);
  it('follow links sideways, the nearest first, and columns up and down', () => {
    expect(step('a', 'right')).toBe('d');
    expect(step('d', 'left')).toBe('a');
    expect(step('d', 'up')).toBe('c');
    expect(step('c', 'up')).toBe('b');
    expect(step('b', 'up')).toBeUndefined();
    // what leads back is followed too
    expect(step('c', 'right')).toBe('a');
    expect(step('a', 'left')).toBe('c');
  });
});

describe('the view', () => {
  const window = { width: 800, height: 600 };
  it('fits a map, and opens a large one at a size that can be read', () => {
    const view = new Viewport();
    view.fit({ width: 1600, height: 600 }, window);
    expect([view.scale, view.x, view.y]).toEqual([0.5, 0, 150]);
    view.open({ width: 1600, height: 600 }, window);
    expect([view.scale, view.x, view.y]).toEqual([0.9, 0, 30]);
    view.open({ width: 400, height: 300 }, window);
    expect([view.scale, view.x, view.y]).toEqual([1, 200, 150]);
  });
  it('opens larger where letters around it are', () => {
    const view = new Viewport();
    view.open({ width: 400, height: 300 }, window, 1.5);
    // 0.9 × 1.5; (800 − 1.35 × 400) / 2 and (600 − 1.35 × 300) / 2
    expect([view.scale, view.x, view.y].map((one) => Number(one.toFixed(2)))).toEqual([1.35, 130, 97.5]);
  });
  it('that shows all goes on to in a window of another size, until somebody moves it', () => {
    const map = { width: 1600, height: 600 };
    const view = new Viewport();
    view.fit(map, window);
    view.refit(map, { width: 400, height: 300 });
    expect([view.scale, view.x, view.y]).toEqual([0.25, 0, 75]);
    view.reveal({ x: 800, y: 300 }, NODE, { width: 400, height: 300 });
    view.refit(map, window);
    expect(view.scale).toBe(0.5);
    view.move(10, 0);
    view.refit(map, { width: 400, height: 300 });
    expect([view.scale, view.x]).toEqual([0.5, 10]);
    view.open(map, window);
    view.refit(map, { width: 400, height: 300 });
    expect(view.scale).toBe(0.9);
  });
  it('zooms about a point and stays within limits', () => {
    const view = new Viewport();
    view.zoom(2, { x: 100, y: 50 });
    expect([view.scale, view.x, view.y]).toEqual([2, -100, -50]);
    view.zoom(2, { x: 100, y: 50 });
    expect(view.scale).toBe(2);
  });
  it('moves as little as it takes to show a node', () => {
    const view = new Viewport();
    view.reveal({ x: 400, y: 300 }, NODE, window);
    expect([view.x, view.y]).toEqual([0, 0]);
    view.reveal({ x: 900, y: 300 }, NODE, window);
    expect([view.x, view.y]).toEqual([800 - 48 - 900 - 100, 0]);
  });
});
