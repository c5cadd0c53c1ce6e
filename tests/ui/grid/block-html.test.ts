/** The markup that a copied block carries. */
import { expect, test } from 'vitest';
import { printBlockHtml } from '../../../src/ui/grid/block-html.ts';

function cellsOf(html: string): HTMLTableCellElement[] {
  return [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('td')];
}

test('numbers keep their digits and say how they are shown, percents as percents', () => {
  const html = printBlockHtml([
    [
      { kind: 'number', text: '6237.9', decimals: 1 },
      { kind: 'number', text: '9.895%', decimals: 2 },
      { kind: 'number', text: '835', decimals: 0 },
    ],
  ]);
  expect(cellsOf(html).map((cell) => [cell.textContent, cell.getAttribute('style')])).toEqual([
    ['6237.9', String.raw`mso-number-format:'\#\,\#\#0\.0'`],
    ['9.895%', String.raw`mso-number-format:'0\.00%'`],
    ['835', String.raw`mso-number-format:'\#\,\#\#0'`],
  ]);
  // a percent is a text for LibreOffice unless its number stands beside it
  expect(cellsOf(html).map((cell) => [cell.getAttribute('sdval'), cell.getAttribute('sdnum')])).toEqual([
    ['6237.9', '1033;0;#,##0.0'],
    ['0.09895', '1033;0;0.00%'],
    ['835', '1033;0;#,##0'],
  ]);
});

test('texts are texts, whatever they look like, and heads are bold', () => {
  const html = printBlockHtml([
    [
      { kind: 'text', text: '=1+1', isHead: false },
      { kind: 'text', text: '<img src=x onerror="alert(1)">', isHead: false },
    ],
    [{ kind: 'text', text: '贷款', isHead: true }],
  ]);
  const cells = cellsOf(html);
  expect(cells.map((cell) => cell.textContent)).toEqual(['=1+1', '<img src=x onerror="alert(1)">', '贷款']);
  expect(cells.every((cell) => cell.children.length === 0)).toBe(true);
  expect(cells.map((cell) => cell.getAttribute('style'))).toEqual([
    String.raw`mso-number-format:'\@'`,
    String.raw`mso-number-format:'\@'`,
    String.raw`mso-number-format:'\@';font-weight:bold`,
  ]);
});
