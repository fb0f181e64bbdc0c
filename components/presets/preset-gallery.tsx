'use client'

import { useState } from 'react'
import { PresetCard } from '@/components/presets/preset-card'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { Input } from '@/components/ui/input'
import { counted } from '@/lib/domain/counted'
import { authenticationTypes, systemTypes } from '@/lib/domain/vocabulary'
import type { PresetSummary } from '@/lib/imports/preset-views'

/** One row, and none on a phone, so that the form below stays within reach. */
const shownAtFirst = 3

/** Ready-made connectors, with a search as the person types, by name, system type and authentication type. */
export function PresetGallery({ presets }: { presets: readonly PresetSummary[] }) {
  const [search, setSearch] = useState('')
  const [all, setAll] = useState(false)
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = presets.filter((preset) => words.every((word) => wordsOf(preset).includes(word)))
  const open = all || words.length > 0
  const shown = open ? found : found.slice(0, shownAtFirst)
  return (
    <section aria-labelledby="ready-made" className="grid gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <div className="mr-auto">
          <h2 id="ready-made" className="text-lg font-semibold">
            Ready-made connectors
          </h2>
          <p className="text-sm text-muted">
            With their authentication methods and the endpoints of a first integration, made from the vendors&apos;
            documentation. Everything can be changed afterwards.
          </p>
        </div>
        <Input
          type="search"
          aria-label="Search ready-made connectors"
          placeholder="Search ready-made connectors…"
          className="w-full sm:w-72"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <p aria-live="polite" className="sr-only">
        {counted(found.length, 'ready-made connector')}
      </p>
      {found.length === 0 ? (
        <p className="rounded-lg border border-dashed p-6 text-center text-muted">
          No ready-made connector matches. Describe the API below, or import a connection document on Manage connectors.
        </p>
      ) : (
        <ul className={cn('grid gap-3 sm:grid-cols-2 xl:grid-cols-3', !open && 'max-sm:hidden')}>
          {shown.map((preset) => (
            <PresetCard key={preset.key} preset={preset} />
          ))}
        </ul>
      )}
      {shown.length < found.length && (
        <Button className="justify-self-start" onClick={() => setAll(true)}>
          Show all {found.length}
        </Button>
      )}
    </section>
  )
}

function wordsOf({ name, description, systemType, methods }: PresetSummary): string {
  return [
    name,
    description,
    systemTypes[systemType],
    ...methods.flatMap((method) => [method.name, authenticationTypes[method.type]]),
  ]
    .join(' ')
    .toLowerCase()
}
