/** A block of cells as markup for the clipboard, so that a spreadsheet takes numbers, percents and heads with their format. */

/** A cell to copy. */
export type CopyCell =
  | { readonly kind: 'text'; readonly text: string; readonly isHead: boolean }
  /** `text` has all digits, a percent its sign; `decimals` are those that the grid shows. */
  | {
      readonly kind: 'number';
      readonly text: string;
      readonly decimals: number;
    };

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ESCAPED[sign] ?? '');
}

/** Writes a block as a table. Texts are marked as texts, so that none of them is taken for a formula. */
export function printBlockHtml(rows: readonly (readonly CopyCell[])[]): string {
  const lines = rows.map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`);
  return `<meta charset="utf-8"><table>${lines.join('')}</table>`;
}

function cellHtml(cell: CopyCell): string {
  if (cell.kind === 'text') {
    const style = `mso-number-format:'\\@'${cell.isHead ? ';font-weight:bold' : ''}`;
    return `<td style="${style}">${escaped(cell.text)}</td>`;
  }
  const { text, decimals } = cell;
  // what a spreadsheet reads is the exact number; how it shows it is the format: Excel takes the style, LibreOffice the rest
  const isPercent = text.endsWith('%');
  const style = `mso-number-format:'${numberFormat(isPercent, decimals)}'`;
  const exact = isPercent ? Number(`${text.slice(0, -1)}e-2`) : Number(text);
  const plain = numberFormat(isPercent, decimals).replaceAll('\\', '');
  return `<td style="${style}" sdval="${exact}" sdnum="1033;0;${plain}">${escaped(text)}</td>`;
}

/** A format in the form that Excel's own markup has, where signs with a meaning are escaped. */
function numberFormat(isPercent: boolean, decimals: number): string {
  const part = decimals > 0 ? `\\.${'0'.repeat(decimals)}` : '';
  return isPercent ? `0${part}%` : `\\#\\,\\#\\#0${part}`;
}
