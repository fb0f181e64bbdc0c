'use client'

import { createContext, useContext, type ReactNode } from 'react'

const TimeZoneContext = createContext<string | undefined>(undefined)

/** @param timeZone as the person chose it in their profile; an empty text means that of the browser */
export function TimeZoneProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <TimeZoneContext value={timeZone === '' ? undefined : timeZone}>{children}</TimeZoneContext>
}

/** The person's time zone, for `Intl`. Undefined means that of the browser, which only the browser knows. */
export function useTimeZone(): string | undefined {
  return useContext(TimeZoneContext)
}
