import localFont from 'next/font/local'

/*
 * One file per script, so that a page only loads what its text needs: 29 KB for English. Text in other scripts is shown
 * in a system font. The two that nearly every text needs are loaded before a page is drawn. `optional`: if they are not
 * there in time, the page keeps the system font, because text that changes its font later moves. It therefore needs no
 * system font with the same measures.
 */

const latin = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-geist',
  display: 'optional',
  adjustFontFallback: false,
})

const latinExtended = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-latin-ext-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-geist-extended',
  declarations: [
    {
      prop: 'unicode-range',
      value: 'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF',
    },
  ],
  preload: false,
  adjustFontFallback: false,
})

const cyrillic = localFont({
  src: '../node_modules/@fontsource-variable/geist/files/geist-cyrillic-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-geist-cyrillic',
  declarations: [{ prop: 'unicode-range', value: 'U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116' }],
  preload: false,
  adjustFontFallback: false,
})

/** Every page shows code: at least the keys that open the search. */
const mono = localFont({
  src: '../node_modules/@fontsource-variable/geist-mono/files/geist-mono-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-geist-mono',
  display: 'optional',
  adjustFontFallback: false,
})

export const fontVariables = [latin, latinExtended, cyrillic, mono].map(({ variable }) => variable).join(' ')
