'use client'

import { useState } from 'react'
import { SearchBox } from '@/components/ui/search-box'
import { Section } from '@/components/ui/section'
import { counted } from '@/lib/domain/counted'
import { Authorize } from './authorize'
import { search, type ApiDocument } from './document'
import { OperationItem } from './operation-item'

/** All operations by group, with a search, and the key with which requests are sent. */
export function Operations({ document: { server, groups, schemas } }: { document: ApiDocument }) {
  const [text, setText] = useState('')
  const [apiKey, setApiKey] = useState('')
  const [asksForKey, setAsksForKey] = useState(false)
  const [open, setOpen] = useState<readonly string[]>(() => [window.location.hash.slice(1)])
  const found = search(groups, text)
  const count = found.reduce((sum, { operations }) => sum + operations.length, 0)
  const toggle = (id: string) => {
    const isOpen = open.includes(id)
    setOpen(isOpen ? open.filter((one) => one !== id) : [...open, id])
    // So that a colleague can be sent there.
    if (!isOpen) window.history.replaceState(null, '', `#${id}`)
  }
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <SearchBox
          label="Search operations"
          placeholder="Search operations…"
          value={text}
          onChange={setText}
          className="w-full sm:w-72"
        />
        <Authorize open={asksForKey} onOpenChange={setAsksForKey} apiKey={apiKey} onChoose={setApiKey} />
      </div>
      <p role="status" className="sr-only">
        {counted(count, 'operation')}
      </p>
      {count === 0 && <p className="text-muted">No operation contains “{text}”.</p>}
      {found.map(({ name, description, operations }) => (
        <Section key={name} title={name} description={description}>
          <ul className="rounded-lg border">
            {operations.map((operation) => (
              <OperationItem
                key={operation.id}
                {...{ operation, server, schemas, apiKey }}
                isOpen={open.includes(operation.id)}
                onToggle={() => toggle(operation.id)}
                onKeyNeeded={() => setAsksForKey(true)}
              />
            ))}
          </ul>
        </Section>
      ))}
    </div>
  )
}
