import { readTheme, themeCookie, type Theme } from '@/lib/platform/session/theme-cookie'

/** Works only in the browser. */
export function shownTheme(): Theme {
  return readTheme(document.documentElement.dataset.theme)
}

export function applyTheme(theme: Theme): void {
  const secure = window.location.protocol === 'https:' ? '; secure' : ''
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=31536000; samesite=lax${secure}`
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
