export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** Contains no secret. The browser writes it itself, so that the choice takes effect immediately. */
export const themeCookie = 'patchbay-theme'

export function readTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'system'
}
