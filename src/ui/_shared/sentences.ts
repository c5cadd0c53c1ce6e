/** Sentences one after another as a language sets them: a space between them in English, none in Chinese. */
export function inSentences(language: 'zh' | 'en', sentences: readonly string[]): string {
  return sentences.filter((one) => one !== '').join(language === 'zh' ? '' : ' ');
}
