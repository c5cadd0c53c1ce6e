/** How large something is, as a reader says it. */

const KILO = 1000;

/** Bytes as kB, MB or GB with at most one decimal. */
export function sizeText(bytes: number, language: 'zh' | 'en'): string {
  const units = ['kB', 'MB', 'GB'] as const;
  let [size, at] = [bytes / KILO, 0];
  while (size >= KILO && at < units.length - 1) [size, at] = [size / KILO, at + 1];
  const digits = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { maximumFractionDigits: 1 });
  return `${digits.format(size)} ${units[at] ?? 'GB'}`;
}
