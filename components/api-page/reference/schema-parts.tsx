'use client'

import { useState } from 'react'
import type { Schema, Schemas } from './document'
import { InlineCode } from './prose'
import { factsOf, partsOf, typeText, type Part } from './schema-text'

type SchemaPartsProps = { schema: Schema; schemas: Schemas; /** Accessible name of the list. */ label: string }

/** A schema as a list of its parts. A part that has parts of its own is opened by itself. */
export function SchemaParts({ schema, schemas, label }: SchemaPartsProps) {
  const parts = partsOf(schema, schemas)
  if (parts.length === 0) return <p className="text-sm text-muted">{typeText(schema, schemas)}</p>
  return (
    <ul aria-label={label} className="grid gap-2 border-l pl-3 text-sm">
      {parts.map((part) => (
        <li key={part.name} className="grid min-w-0 gap-1">
          <PartLine part={part} schemas={schemas} />
          <PartDetails part={part} schemas={schemas} />
        </li>
      ))}
    </ul>
  )
}

function PartLine({ part: { name, schema, required }, schemas }: { part: Part; schemas: Schemas }) {
  const facts = factsOf(schema, schemas)
  return (
    <p className="text-muted wrap-anywhere">
      <code className="font-medium text-foreground">{name}</code> {typeText(schema, schemas)}
      {required && ', required'}
      {facts.length > 0 && `, ${facts.join(', ')}`}
      {schema.description && (
        <>
          . <InlineCode text={schema.description} />
        </>
      )}
    </p>
  )
}

/** What is in it is rendered when it is opened, because a schema may contain itself. */
function PartDetails({ part: { name, schema }, schemas }: { part: Part; schemas: Schemas }) {
  const [open, setOpen] = useState(false)
  if (partsOf(schema, schemas).length === 0) return null
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-6 cursor-pointer items-center text-accent-text">Parts of {name}</summary>
      {open && (
        <div className="mt-1">
          <SchemaParts schema={schema} schemas={schemas} label={`Parts of ${name}`} />
        </div>
      )}
    </details>
  )
}
