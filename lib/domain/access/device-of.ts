/**
 * A browser and its system in words, from the User-Agent header (RFC 9110 §10.1.5). It is what the client says of itself
 * and can be anything: a help to recognise one's own sessions, never a reason to trust one. What is not one of the common
 * browsers is named as a program, and what says nothing is unknown.
 */

/** More specific first: Edge and Opera say that they are Chrome too, and Chrome that it is Safari. */
const browsers: readonly [RegExp, string][] = [
  [/\b(?:Edg|EdgA|EdgiOS)\/\d/, 'Edge'],
  [/\b(?:OPR|OPiOS)\/\d/, 'Opera'],
  [/\bVivaldi\/\d/, 'Vivaldi'],
  [/\bSamsungBrowser\/\d/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/\d/, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\/\d/, 'Chrome'],
  [/\bVersion\/\d[^ ]* .*\bSafari\/\d/, 'Safari'],
]

/** iPhones say that they are like a Mac, and Android that it is a Linux. */
const systems: readonly [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows NT\b/, 'Windows'],
  [/\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

const nameIn = (list: typeof browsers, userAgent: string) => list.find(([sign]) => sign.test(userAgent))?.[1] ?? null

/** `Firefox on Windows`, `Unknown browser on Android`, `curl`, `Unknown device`. */
export function deviceOf(userAgent: string): string {
  const system = nameIn(systems, userAgent)
  const browser = nameIn(browsers, userAgent)
  if (system !== null) return `${browser ?? 'Unknown browser'} on ${system}`
  if (browser !== null) return browser
  // A program names itself first (`curl/8.5.0`). Every browser says Mozilla.
  const [, program] = /^([A-Za-z][\w.-]{0,39})\/\d/.exec(userAgent) ?? []
  return program === undefined || program === 'Mozilla' ? 'Unknown device' : program
}
