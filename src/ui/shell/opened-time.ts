/** When something was last opened, said as briefly as it stays clear. */

const LOCALES = { zh: 'zh-CN', en: 'en-GB' } as const;
const DAY_MS = 86_400_000;

/** Today and yesterday by their names with the time, this year's days without the year, older ones with it. */
export function openedTime(at: number, now: number, language: 'zh' | 'en'): string {
  const locale = LOCALES[language];
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - midnight) / DAY_MS);
  if (days > -2 && days <= 0) {
    const day = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
    const time = new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      hour12: false,
    }).format(at);
    return language === 'zh' ? `${day}${time}` : `${day} ${time}`;
  }
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const month = language === 'zh' ? 'long' : 'short';
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month,
    ...(!isThisYear && { year: 'numeric' }),
  }).format(at);
}
