/** Inputs that take a careless parser too long, or that throw in the database instead of being refused. */

// Texts for which a careless parser needs quadratic time or worse.

/** For searching secrets in a body, a header or a URL. */
export const hostileBodies: Record<string, string> = {
  'delimiters without a name': `a=1&${'?'.repeat(500_000)}`,
  'delimiters of another kind': `a=1&${'&'.repeat(500_000)}`,
  'names without a value': `a=1${'&name'.repeat(100_000)}`,
  'open quotes': '"'.repeat(500_000),
  'keys without a value': '{"a":'.repeat(100_000),
  backslashes: `{"a":"${'\\'.repeat(500_001)}`,
}

/** As long as the logged part of a body, for decoding escapes while searching secrets in a text. */
export const hostileEscapes: Record<string, string> = {
  'percent signs that are encoded repeatedly': `%${'25'.repeat(32_768)}`,
  'encoded percent signs': '%25'.repeat(21_845),
  'encoded bytes': '%c3%a9%74'.repeat(7_281),
  'entities without an end': `;${'&#'.repeat(32_768)}`,
  'entities of ampersands': '&amp;amp;#38;'.repeat(5_041),
  'unicode escapes': '\\u005c'.repeat(10_922),
  'backslashes and quotes': '\\\\\\"'.repeat(16_384),
}

const size = 900_000

/** A megabyte each, for parsing XML. */
export const hostileXml: Record<string, string> = {
  'elements that are never closed': '<a>'.repeat(size / 3),
  'elements of one name': `<r>${'<a/>'.repeat(size / 4)}</r>`,
  'elements of many names': `<r>${Array.from({ length: size / 20 }, (_, index) => `<a${index}/>`).join('')}</r>`,
  attributes: `<a ${Array.from({ length: size / 14 }, (_, index) => `a${index}="x"`).join(' ')}/>`,
  quotes: `<a ${'a="'.repeat(size / 3)}>`,
  blanks: `<a ${' '.repeat(size)}>`,
  'comments that are never closed': `<a>${'<!--'.repeat(size / 4)}</a>`,
  'CDATA that is never closed': `<a>${'<![CDATA['.repeat(size / 9)}</a>`,
  instructions: `<a>${'<?x '.repeat(size / 4)}?></a>`,
  ends: `<a/>${'</a>'.repeat(size / 4)}`,
  ampersands: `<a>${'&'.repeat(size)}</a>`,
  brackets: `<a>${'<'.repeat(size)}></a>`,
}

/** 64 KB each, without a secret, for the redactor. */
export const longBodies = ['"'.repeat(65_536), `{"${'a'.repeat(65_536)}`, '\\'.repeat(65_536), 'a='.repeat(32_768)]

/** For finding secrets in a body by their form. */
export const almostSecrets = ['-eyJ', 'eyJ-', 'Bearer ', 'sk-', 'SG.', '-----BEGIN '].map((piece) =>
  piece.repeat(65_536 / piece.length),
)

/** For parsing the challenges of a response. */
export const hostileChallenges = [
  'a '.repeat(50_000),
  `Digest realm="${'\\'.repeat(50_000)}`,
  `Digest ${'a=b, '.repeat(20_000)}`,
  ','.repeat(100_000),
]

/** Arrays in arrays, two thousand deep. */
export const deepJson = () => JSON.parse('['.repeat(2_000) + ']'.repeat(2_000)) as unknown

/** Origins, each with a pattern of many variables in one label that does not match it. */
export const hostileOrigins: [url: string, pattern: string][] = [
  [`https://${'-'.repeat(63)}.acme.test`, `https://${'{a}-'.repeat(30)}{b}x.acme.test`],
  [`https://${'a'.repeat(63)}.acme.test`, `https://${'{a}'.repeat(60)}x.acme.test`],
]

/** Larger than the column of a revision. */
export const hostileRevisions = [2 ** 31, 2 ** 53 - 1, 1e300]

/** Half of a surrogate pair. */
export const brokenTexts = ['\ud800', 'a\udc00b', '\ude00\ud83d']

/** Characters that reorder or hide adjacent ones in a name. */
export const unseenCharacters = [
  ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e'],
  ...['\u2066', '\u2067', '\u2068', '\u2069'],
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff'],
]
