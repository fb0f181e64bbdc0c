import 'server-only'
import { cookies } from 'next/headers'
import { readTheme, themeCookie, type Theme } from './theme-cookie'

/** The theme chosen in this browser; default: the system's. */
export async function chosenTheme(): Promise<Theme> {
  return readTheme((await cookies()).get(themeCookie)?.value)
}
