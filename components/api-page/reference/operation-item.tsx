'use client'

import { ChevronRight } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import type { Operation, Received, Schemas } from './document'
import { Prose } from './prose'
import { SchemaParts } from './schema-parts'
import { TryOperation } from './try-operation'

type OperationItemProps = {
  operation: Operation
  isOpen: boolean
  onToggle: () => void
  server: string
  schemas: Schemas
  apiKey: string
  onKeyNeeded: () => void
}

/** One operation: a line, and below it, when it is opened, what it needs, does and returns. */
export function OperationItem({ operation, isOpen, onToggle, ...trying }: OperationItemProps) {
  const { id, method, path, summary } = operation
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    // The address named it before it was rendered.
    if (window.location.hash === `#${id}`) item.current?.scrollIntoView()
  }, [id])
  return (
    <li ref={item} id={id} className="scroll-mt-16 border-b last:border-b-0">
      <h3 className="font-normal">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? `${id}-details` : undefined}
          onClick={onToggle}
          className="flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
        >
          <ChevronRight aria-hidden className={cn('size-4 shrink-0 text-muted', isOpen && 'rotate-90')} />
          <span className="min-w-0 grow basis-48 font-medium">{summary}</span>
          <span className="flex min-w-0 items-center gap-2 pl-7 sm:pl-0">
            <Badge mono className="shrink-0" tone={method === 'GET' ? 'plain' : 'accent'}>
              {method}
            </Badge>
            <code className="min-w-0 text-muted wrap-anywhere">{path}</code>
          </span>
        </button>
      </h3>
      {isOpen && (
        <div id={`${id}-details`} className="grid gap-5 px-3 pt-1 pb-5 sm:pl-10">
          <div className="grid gap-2">
            <Prose text={operation.description} />
          </div>
          <Part title="Request">
            <TryOperation operation={operation} {...trying} />
          </Part>
          <Part title="Responses">
            <Responses operation={operation} schemas={trying.schemas} />
          </Part>
        </div>
      )}
    </li>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 gap-3">
      <h4 className="font-semibold">{title}</h4>
      {children}
    </div>
  )
}

function Responses({ operation, schemas }: { operation: Operation; schemas: Schemas }) {
  return (
    <ul className="grid gap-2">
      {operation.responses.map(({ status, description, schema }) => (
        <li key={status}>
          {schema === null ? (
            <ResponseLine status={status} description={description} />
          ) : (
            <details>
              <summary className="cursor-pointer py-0.5">
                <ResponseLine status={status} description={description} />
              </summary>
              <div className="mt-2">
                <SchemaParts schema={schema} schemas={schemas} label={`Parts of the response ${status}`} />
              </div>
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}

function ResponseLine({ status, description }: Pick<Received, 'status' | 'description'>) {
  return (
    <>
      <code className="font-medium">{status}</code> <span className="text-muted">{description}</span>
    </>
  )
}
