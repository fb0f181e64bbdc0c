import type { ComboboxGroup } from '@/components/ui/overlays/combobox-list'

/** The current offset, such as "+01:00", by which people recognise a time zone. */
function offsetOf(timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now)
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  return name === 'GMT' ? '+00:00' : name.replace('GMT', '')
}

function readable(text: string): string {
  return text.replaceAll('_', ' ')
}

let known: readonly string[] | undefined
function timeZones(): readonly string[] {
  known ??= [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])]
  return known
}

/** The IANA time zones whose names contain every word of the text, by region. */
export function findTimeZones(text: string, now: Date): ComboboxGroup[] {
  const words = readable(text)
    .toLowerCase()
    .split(/[\s/]+/)
    .filter((word) => word !== '')
  const groups = new Map<string, ComboboxGroup>()
  for (const value of timeZones()) {
    const label = readable(value)
    if (!words.every((word) => label.toLowerCase().includes(word))) continue
    const heading = value.includes('/') ? value.slice(0, value.indexOf('/')) : 'Universal'
    const group = groups.get(heading) ?? { heading, options: [] }
    group.options.push({ value, label, detail: offsetOf(value, now) })
    groups.set(heading, group)
  }
  return [...groups.values()]
}
