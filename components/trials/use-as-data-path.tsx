'use client'

import { Button } from '@/components/ui/button'
import { counted } from '@/lib/domain/counted'
import { recordPaths } from '@/lib/domain/responses/record-paths'

type UseAsDataPathProps = { body: string; dataPath: string; onUse: (path: string) => void }

/** The lists of records in the response, each of which can become the endpoint's data path. */
export function UseAsDataPath({ body, dataPath, onUse }: UseAsDataPathProps) {
  const paths = recordPaths(parsed(body)).filter(({ path }) => path !== dataPath)
  if (paths.length === 0) return null
  return (
    <section aria-label="Data path" className="grid gap-2 rounded-lg border p-3">
      <p className="text-sm text-muted">Where are the records in this response?</p>
      <ul className="grid gap-1.5">
        {paths.map(({ path, records }) => (
          <li key={path} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <code className="min-w-0 grow font-mono text-sm break-all">{path}</code>
            <span className="tabular text-sm text-muted">{counted(records, 'record')}</span>
            <Button size="sm" aria-label={`Use ${path} as the data path`} onClick={() => onUse(path)}>
              Use as data path
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
