'use client'

import { useSearchParams } from 'next/navigation'
import { useEffect, useEffectEvent, useId, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import { localTextOf, momentOf } from '@/components/activity/moment-text'
import { Field } from '@/components/forms/field'
import { Input } from '@/components/ui/input'
import { useTimeZone } from '@/components/ui/time-zone'
import { useListParams } from '@/components/ui/use-list-params'
import { firstYear, lastYear, problemsOf, type TimeRange } from '@/lib/domain/time-range'

/** Long enough to type the next digit of a year. */
const pauseMs = 700

const ends = ['from', 'to'] as const
type End = (typeof ends)[number]
const labels: Record<End, string> = { from: 'From', to: 'To' }

/** Narrows *Activity* to a range of time, typed in the person's time zone. The address has the moments in UTC. */
export function TimeRangeFilter() {
  const zone = useZoneInWords()
  const zoneId = useId()
  const { texts, problems, type, leave, apply } = useTypedRange()
  return (
    <div
      ref={useEmptiedWhenUnfiltered()}
      role="group"
      aria-label="Time range"
      aria-describedby={zoneId}
      className="grid items-start gap-x-3 gap-y-2 sm:flex sm:flex-wrap"
      onKeyDown={({ key }) => key === 'Enter' && apply()}
    >
      {ends.map((end) => (
        <Field key={end} label={labels[end]} error={problems[end]} className="sm:w-56">
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              name={end}
              min={`${firstYear}-01-01T00:00`}
              max={`${lastYear}-12-31T23:59`}
              value={texts[end]}
              onChange={({ target }) => type(end, target)}
              onBlur={({ target }) => leave(end, target)}
            />
          )}
        </Field>
      ))}
      <p id={zoneId} className="min-h-8 text-sm text-muted sm:mt-6.5 sm:flex sm:items-center">
        {zone && `Times are in your time zone: ${zone}.`}
      </p>
    </div>
  )
}

function useTypedRange() {
  const timeZone = useTimeZone()
  const { get, change, pending } = useListParams()
  const isUnfiltered = useSearchParams().size === 0
  const isInBrowser = useIsInBrowser()
  const inAddress: TimeRange = { from: get('from'), to: get('to') }
  const [sent, setSent] = useState(inAddress)
  const [typed, setTyped] = useState<Partial<TimeRange>>({})
  const [unfinished, setUnfinished] = useState<readonly End[]>([])
  const [wasUnfiltered, setWasUnfiltered] = useState(isUnfiltered)

  const isChangedElsewhere = !pending && !isSame(inAddress, sent)
  if (isChangedElsewhere || isUnfiltered !== wasUnfiltered) {
    // By *Back*, a link or another filter: the address counts.
    setWasUnfiltered(isUnfiltered)
    if (isChangedElsewhere || isUnfiltered) {
      setSent(inAddress)
      setTyped({})
      setUnfinished([])
    }
  }

  /** A date without a time is no value to the browser: only the control knows of it. */
  const noteUnfinished = (end: End, { validity }: HTMLInputElement) =>
    setUnfinished((before) => [...before.filter((other) => other !== end), ...(validity.badInput ? [end] : [])])
  const apply = () => {
    const next = { ...sent }
    for (const end of ends) {
      const text = typed[end]
      if (text !== undefined && !unfinished.includes(end)) next[end] = momentOf(text, timeZone)
    }
    if (isSame(next, sent)) return
    setSent(next)
    change({ from: next.from, to: next.to, period: null })
  }
  useAfterPause(typed, apply)

  const problems: Partial<TimeRange> = problemsOf(inAddress)
  for (const end of unfinished) problems[end] = 'Enter both the date and the time.'
  const textOf = (end: End) => typed[end] ?? (isInBrowser ? localTextOf(inAddress[end], timeZone) : '')
  return {
    texts: { from: textOf('from'), to: textOf('to') },
    problems,
    apply,
    type: (end: End, input: HTMLInputElement) => {
      noteUnfinished(end, input)
      setTyped((before) => ({ ...before, [end]: input.value }))
    },
    leave: (end: End, input: HTMLInputElement) => {
      noteUnfinished(end, input)
      apply()
    },
  }
}

const isSame = (one: TimeRange, other: TimeRange) => one.from === other.from && one.to === other.to

function useAfterPause(typed: Partial<TimeRange>, apply: () => void): void {
  const applyNow = useEffectEvent(apply)
  useEffect(() => {
    if (Object.keys(typed).length === 0) return
    const timer = setTimeout(() => applyNow(), pauseMs)
    return () => clearTimeout(timer)
  }, [typed])
}

/** Clearing all filters clears a date without a time too, which React does not know of. */
function useEmptiedWhenUnfiltered(): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null)
  const isUnfiltered = useSearchParams().size === 0
  useEffect(() => {
    if (!isUnfiltered) return
    for (const input of element.current?.querySelectorAll('input') ?? []) if (input.validity.badInput) input.value = ''
  }, [isUnfiltered])
  return element
}

const never = () => () => {}

/** The server does not know the time zone of the browser. */
function useIsInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

/** “Europe/Berlin (Central European Time)”; empty on the server. */
function useZoneInWords(): string {
  const timeZone = useTimeZone()
  return useSyncExternalStore(
    never,
    () => zoneInWords(timeZone),
    () => '',
  )
}

function zoneInWords(timeZone: string | undefined): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longGeneric' })
  const name = format.formatToParts().find(({ type }) => type === 'timeZoneName')?.value
  return `${format.resolvedOptions().timeZone} (${name})`
}
