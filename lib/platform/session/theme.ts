import 'server-only'
import { cookies } from 'next/headers'
import { readTheme, themeCookie, type Theme } from './theme-cookie'

/** What this browser was told to show; the system's choice until then. */
export async function chosenTheme(): Promise<Theme> {
  return readTheme((await cookies()).get(themeCookie)?.value)
}
