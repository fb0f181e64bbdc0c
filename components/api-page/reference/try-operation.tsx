'use client'

import { useState } from 'react'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import type { Operation, Schemas } from './document'
import { exampleBody } from './example-body'
import { ParameterField } from './parameter-field'
import { fieldOf, missingIn, requestOf, type Entered } from './request-of'
import { SchemaParts } from './schema-parts'
import { send, type TriedResponse } from './send'
import { ShownResponse } from './shown-response'

type TryOperationProps = {
  operation: Operation
  server: string
  schemas: Schemas
  apiKey: string
  onKeyNeeded: () => void
}

/** A call may send any type of body. */
const anyType = '*/*'

/** What a request consists of, as a form that sends it. */
export function TryOperation({ operation, server, schemas, apiKey, onKeyNeeded }: TryOperationProps) {
  const { parameters, body } = operation
  const [entered, setEntered] = useState<Entered>(() => ({
    values: {},
    body: body?.required ? exampleBody(body.schema, schemas) : '',
    contentType: body === null || body.contentType === anyType ? 'application/json' : body.contentType,
  }))
  const [missing, setMissing] = useState<string[]>([])
  const [state, setState] = useState<'idle' | 'sending' | 'failed' | TriedResponse>('idle')
  const change = (changes: Partial<Entered>) => setEntered({ ...entered, ...changes })
  const errorOf = (field: string) => (missing.includes(field) ? 'Enter a value.' : undefined)
  const submit = async (form: HTMLFormElement) => {
    const lacking = missingIn(operation, entered)
    setMissing(lacking)
    if (lacking.length > 0) return form.querySelector<HTMLElement>(`[name="${lacking[0]}"]`)?.focus()
    if (apiKey === '') return onKeyNeeded()
    setState('sending')
    setState(await send(requestOf(server, operation, entered, apiKey)).catch(() => 'failed' as const))
  }
  return (
    <form
      className="grid gap-5"
      aria-label={operation.summary}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit(event.currentTarget)
      }}
    >
      {parameters.length > 0 && (
        <div className="grid gap-x-6 gap-y-4 md:grid-cols-2">
          {parameters.map((parameter) => (
            <ParameterField
              key={fieldOf(parameter)}
              parameter={parameter}
              schemas={schemas}
              value={entered.values[fieldOf(parameter)] ?? ''}
              error={errorOf(fieldOf(parameter))}
              onChange={(value) => change({ values: { ...entered.values, [fieldOf(parameter)]: value } })}
            />
          ))}
        </div>
      )}
      {body && (
        <div className="grid gap-3">
          {body.contentType === anyType && (
            <TextField
              name="contentType"
              label="Content-Type"
              help="Of the body."
              mono
              value={entered.contentType}
              onChange={(event) => change({ contentType: event.target.value })}
            />
          )}
          <TextareaField
            name="body"
            label="Request body"
            help={body.contentType === anyType ? 'Any content. An empty one is not sent.' : body.contentType}
            required={body.required}
            error={errorOf('body')}
            mono
            rows={8}
            spellCheck={false}
            value={entered.body}
            onChange={(event) => change({ body: event.target.value })}
          />
          <SchemaParts schema={body.schema} schemas={schemas} label="Parts of the request body" />
        </div>
      )}
      <div>
        <Button type="submit" variant="primary" pending={state === 'sending'}>
          Send request
        </Button>
      </div>
      {state === 'failed' && (
        <Alert tone="bad" title="There was no response">
          Check the connection, and the values: headers accept no letters outside Latin-1.
        </Alert>
      )}
      {typeof state === 'object' && <ShownResponse response={state} of={operation.summary} />}
    </form>
  )
}
