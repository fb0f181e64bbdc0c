import { counted } from '@/lib/domain/counted'
import type { PresetSummary } from '@/lib/imports/preset-views'

/** How much a ready-made connector has, and where its facts come from. */
export function PresetFacts({ preset }: { preset: PresetSummary }) {
  const { name, endpoints, checkedAt, sources } = preset
  const sites = [...new Set(sources.map(siteOf))].join(', ')
  return (
    <details className="text-xs text-muted">
      <summary className="cursor-pointer">
        {counted(endpoints, 'endpoint')} ·{' '}
        {checkedAt === null ? `Not checked yet against ${sites}` : `Checked on ${dayOf(checkedAt)} against ${sites}`}
      </summary>
      <ul aria-label={`Sources of ${name}`} className="mt-1 grid gap-1">
        {sources.map((source) => (
          <li key={source}>
            <a href={source} target="_blank" rel="noreferrer" className="break-all underline">
              {source.replace('https://', '')}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** On GitHub, the owner says whose page it is. */
function siteOf(source: string): string {
  const { host, pathname } = new URL(source)
  return host === 'github.com' ? host + pathname.split('/').slice(0, 2).join('/') : host
}

/** A day has no time zone, so it is the same for everybody. */
function dayOf(date: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(date))
}
