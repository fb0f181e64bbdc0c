'use client'

import Link from 'next/link'
import { useState, useTransition } from 'react'
import { ConnectorIcon } from '@/components/connectors/connector-icon'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { authenticationTypes, systemTypes } from '@/lib/domain/vocabulary'
import { answered } from '@/lib/forms/answered'
import { installPresetAction } from '@/lib/presets/actions'
import type { PresetSummary } from '@/lib/presets/views'

/** One ready-made connector: what it is, how it authenticates, and the button that installs it. */
export function PresetCard({ preset }: { preset: PresetSummary }) {
  const { key, name, description, systemType, colour, methods, endpoints, installed } = preset
  const [error, setError] = useState('')
  const [pending, startTransition] = useTransition()
  const install = () =>
    startTransition(async () => {
      const answer = await answered(installPresetAction({ preset: key }))
      if (answer.status === 'invalid') setError(answer.message ?? Object.values(answer.fieldErrors)[0] ?? '')
    })
  return (
    <li className="flex flex-col gap-3 rounded-lg border bg-surface p-4">
      <div className="flex items-start gap-3">
        <ConnectorIcon name={name} icon={{ url: null, colour }} />
        <div className="min-w-0 grow">
          <h3 className="font-semibold break-words">{name}</h3>
          <p className="text-xs text-muted">
            {systemTypes[systemType]} · {endpoints} {endpoints === 1 ? 'endpoint' : 'endpoints'}
          </p>
        </div>
      </div>
      <p className="line-clamp-3 grow text-sm text-muted">{description}</p>
      <div className="flex flex-wrap gap-1">
        {[...new Set(methods.map(({ type }) => authenticationTypes[type]))].map((type) => (
          <Badge key={type} tone="outline">
            {type}
          </Badge>
        ))}
      </div>
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
      <div className="flex items-center justify-between gap-2">
        {installed ? (
          <Link href={`/connectors/${installed.id}`} className="text-sm underline">
            Installed: open it
          </Link>
        ) : (
          <span />
        )}
        {!installed && (
          <Button size="sm" pending={pending} aria-label={`Install ${name}`} onClick={install}>
            Install
          </Button>
        )}
      </div>
    </li>
  )
}
