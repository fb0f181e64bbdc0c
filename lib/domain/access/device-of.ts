/**
 * A browser and its system in words, from the User-Agent header (RFC 9110 §10.1.5). The header is untrusted: it helps
 * people to recognise their own sessions and never decides anything. A client that is not a common browser is named as a
 * program, or as unknown.
 */

/** More specific ones first: Edge and Opera also claim to be Chrome, and Chrome also claims to be Safari. */
const browsers: readonly [RegExp, string][] = [
  [/\b(?:Edg|EdgA|EdgiOS)\/\d/, 'Edge'],
  [/\b(?:OPR|OPiOS)\/\d/, 'Opera'],
  [/\bVivaldi\/\d/, 'Vivaldi'],
  [/\bSamsungBrowser\/\d/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/\d/, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\/\d/, 'Chrome'],
  [/\bVersion\/\d[^ ]* .*\bSafari\/\d/, 'Safari'],
]

/** More specific ones first: iPhones mention Mac, and Android mentions Linux. */
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
  // A program begins with its name (`curl/8.5.0`), every browser with Mozilla.
  const [, program] = /^([A-Za-z][\w.-]{0,39})\/\d/.exec(userAgent) ?? []
  return program === undefined || program === 'Mozilla' ? 'Unknown device' : program
}
