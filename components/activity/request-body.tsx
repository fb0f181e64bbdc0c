'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { FormPairs } from '@/components/activity/form-pairs'
import type { ReadableBody } from '@/lib/domain/preview/readable-body'

type RequestBodyProps = {
  /** "Request body" */
  label: string
  /** As it was sent, secrets removed. */
  raw: string
  readable: ReadableBody
}

/** A formatted body, with a switch to the original text. */
export function RequestBody({ label, raw, readable }: RequestBodyProps) {
  const [isRaw, setRaw] = useState(false)
  if (readable.kind === 'text') return <CodeBlock label={label} code={raw} wrap />
  return (
    <div className="grid gap-2">
      <div role="group" aria-label={`Show ${label.toLowerCase()} as`} className="flex gap-1">
        <Button size="sm" variant={isRaw ? 'ghost' : 'secondary'} aria-pressed={!isRaw} onClick={() => setRaw(false)}>
          {words[readable.kind]}
        </Button>
        <Button size="sm" variant={isRaw ? 'secondary' : 'ghost'} aria-pressed={isRaw} onClick={() => setRaw(true)}>
          Raw
        </Button>
      </div>
      {!isRaw && readable.kind === 'form' ? (
        <FormPairs label={label} pairs={readable.pairs} />
      ) : (
        <CodeBlock label={label} code={isRaw || readable.kind === 'form' ? raw : readable.text} wrap />
      )}
    </div>
  )
}

const words = { json: 'JSON', xml: 'XML', form: 'Form' }
