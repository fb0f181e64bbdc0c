'use client'

import Link from 'next/link'
import { useState } from 'react'
import { ConnectorIcon } from '@/components/connectors/connector-icon'
import { useAction } from '@/components/forms/use-action'
import { PresetFacts } from '@/components/presets/preset-facts'
import { Button } from '@/components/ui/button'
import { authenticationTypes, systemTypes } from '@/lib/domain/vocabulary'
import { installPresetAction } from '@/lib/imports/preset-actions'
import type { PresetSummary } from '@/lib/imports/preset-views'
import { unansweredForm } from '@/lib/platform/forms/unanswered'

/** One ready-made connector: what it is, how it authenticates, and the button that installs it. */
export function PresetCard({ preset }: { preset: PresetSummary }) {
  const { key, name, description, systemType, colour, methods, installed } = preset
  const [error, setError] = useState('')
  const [installPreset, pending] = useAction(installPresetAction, unansweredForm)
  const install = async () => {
    const answer = await installPreset({ preset: key })
    if (answer.status === 'invalid') setError(answer.message ?? Object.values(answer.fieldErrors)[0] ?? '')
  }
  return (
    <li className="grid content-start gap-2 rounded-lg border bg-surface p-3">
      <div className="flex items-start gap-3">
        <ConnectorIcon name={name} icon={{ url: null, colour }} />
        <div className="min-w-0 grow">
          <h3 className="font-semibold break-words">{name}</h3>
          <p className="text-xs text-muted">
            {systemTypes[systemType]} · {[...new Set(methods.map(({ type }) => authenticationTypes[type]))].join(', ')}
          </p>
        </div>
        {installed ? (
          <Link
            href={`/connectors/${installed.id}/overview`}
            className="text-sm whitespace-nowrap underline"
            aria-label={`Open ${name}, which is installed`}
          >
            Installed
          </Link>
        ) : (
          <Button size="sm" pending={pending} aria-label={`Install ${name}`} onClick={install}>
            Install
          </Button>
        )}
      </div>
      <p className="text-sm text-muted">{description}</p>
      <PresetFacts preset={preset} />
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error}
        </p>
      )}
    </li>
  )
}
