/** Which characters of a name stand, and which are taken out: decision 031. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { namesOfHidden, readAlike, withoutHidden } from '#quantity';

it.each([
  ['full-width forms', 'ＧＤＰ（亿元）＋１'],
  ['the ideographic zero', '二〇二五年'],
  ['characters beyond 65,536', '𠮷野家𠀀'],
  ['a variant of an ideograph', '葛\u{e0100}城'],
  ['a compatibility variant', '令\ufe00和'],
  ['a mark placed in its corner', '，\ufe00。\ufe01'],
  ['an ideographic blank', '贷款　余额'],
  ['a family', '👩‍👩‍👧‍👦 家庭'],
  ['a heart on fire', '❤️‍🔥'],
  ['a farmer of a darker skin', '👩🏾‍🌾'],
  ['a keycap', '1️⃣ 季度'],
  ['a flag of a part of a country', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
  ['Persian with a joint that is kept open', 'می\u200cخواهم'],
  ['Hindi with a joint', 'क्\u200dष'],
  ['accents that are written apart', 'e\u0301te\u0301'],
  ['several lines', 'a\tb\r\nc\nd'],
  ['a character of private use', '\ue000'],
])('%s stands', (_, text) => {
  expect(withoutHidden(text)).toBe(text);
  expect(namesOfHidden(text)).toBe('');
});

it.each([
  ['a control character', 'a\u0007b\u007fc\u0085', 'abc', 'U+0007 U+007F U+0085'],
  ['a turn of the direction', 'gpj.\u202eexe', 'gpj.exe', 'U+202E'],
  ['an isolate', '\u2066a\u2069', 'a', 'U+2066 U+2069'],
  ['marks of direction', 'a\u200e\u200f\u061cb', 'ab', 'U+200E U+200F U+061C'],
  ['a blank of no width', '贷\u200b款', '贷款', 'U+200B'],
  ['a joiner between letters', '贷\u200d款\u200c', '贷款', 'U+200D U+200C'],
  ['a joiner at an end', '👩\u200d', '👩', 'U+200D'],
  ['two joiners', '👩\u200d\u200d🌾', '👩🌾', 'U+200D'],
  ['a word joiner and signs that are not written', 'a\u2060\u2061\u2064b', 'ab', 'U+2060 U+2061 U+2064'],
  ['a soft hyphen', 'loan\u00ads', 'loans', 'U+00AD'],
  ['a mark of the byte order', '\ufeffa', 'a', 'U+FEFF'],
  ['a Hangul filler', 'a\u3164\uffa0\u115f', 'a', 'U+3164 U+FFA0 U+115F'],
  ['an empty Braille cell', 'a\u2800\ufe0f', 'a', 'U+2800 U+FE0F'],
  ['a selector that selects nothing', 'a\ufe0fb\u{e0101}', 'ab', 'U+FE0F U+E0101'],
  ['a second selector', '葛\u{e0100}\u{e0101}', '葛\u{e0100}', 'U+E0101'],
  ['letters of tags', 'a\u{e0061}\u{e0062}\u{e007f}', 'a', 'U+E0061 U+E0062 U+E007F'],
  ['half a character', 'a\ud800b\udc00', 'ab', 'U+D800 U+DC00'],
  ['what is no character', 'a\uffff\ufdd0\u{1fffe}', 'a', 'U+FFFF U+FDD0 U+1FFFE'],
  ['marks of an annotation', '\ufff9a\ufffab\ufffb', 'ab', 'U+FFF9 U+FFFA U+FFFB'],
])('%s is taken out and named', (_, text, left, named) => {
  expect(withoutHidden(text)).toBe(left);
  expect(namesOfHidden(text)).toBe(named);
});

it('what is clean stays as it is, whatever it was before', () => {
  const piece = fc.constantFrom(
    ...[
      'a',
      '贷',
      '葛',
      '👩',
      '🌾',
      '❤',
      '🏴',
      '\u2800',
      '\ufe0f',
      '\u{e0100}',
      '\u200d',
      '\u200c',
      'क',
      'م',
    ],
    ...['\u200b', '\ud83d', '\udc69', '\u{e0067}', '\u{e007f}', '\u3164', '1', '\u20e3', '\u180b', 'ᠠ', '🏾'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const once = withoutHidden(pieces.join(''));
      expect(withoutHidden(once)).toBe(once);
      expect(namesOfHidden(once)).toBe('');
    }),
    { numRuns: 2000 },
  );
});

it('names no more characters than can be read', () => {
  const many = Array.from({ length: 30 }, (_, index) => String.fromCharCode(0x80 + index)).join('');
  expect(namesOfHidden(many).split(' ')).toHaveLength(9);
});

it('names are read alike in spite of width, case, blanks and variants', () => {
  expect(readAlike('ＧＤＰ　Growth ')).toBe(readAlike('gdp growth'));
  expect(readAlike('葛\u{e0100}城')).toBe(readAlike('葛城'));
  expect(readAlike('甲')).not.toBe(readAlike('乙'));
});
