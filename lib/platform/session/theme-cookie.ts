export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Holds no secret and is written by the browser itself, so that the choice shows at once. */
export const themeCookie = 'patchbay-theme'

export function readTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}
