'use client'

import { useRef, useState } from 'react'
import { toast } from '@/components/ui/toast'
import type { AddEndpointProps } from '@/components/endpoints/add/add-endpoint-props'
import { MethodChoice } from '@/components/endpoints/add/method-choice'
import { FromCommand } from '@/components/curl/from-command'
import { directionChoices, directionHelp, httpMethodChoices } from '@/components/endpoints/endpoint-choices'
import { EntityTypeField } from '@/components/endpoints/entity-type-field'
import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SelectField } from '@/components/forms/select-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TextField } from '@/components/forms/text-field'
import { useAction } from '@/components/forms/use-action'
import type { Direction, HttpMethod } from '@/lib/domain/vocabulary'
import type { CurlReading } from '@/lib/imports/curl-views'
import { createAnotherEndpointAction, createEndpointAction } from '@/lib/endpoints/actions'
import { doneForm, refusedForm, type FormAction, type FormState } from '@/lib/platform/forms/form-state'
import { reviewOrigins } from '@/components/forms/review-origins'
import { originsMessage } from '@/lib/platform/forms/saved-message'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

const createOne: FormAction = createEndpointAction

type EndpointFormProps = AddEndpointProps & {
  /** A curl command that the form was filled in from. */
  reading: CurlReading | null
  /** The next endpoint is not the one of the command. */
  onForget: () => void
  onCreated: () => void
}

/** Adds one endpoint, or several in turn: entity type, direction and switches stay for the next one. */
export function EndpointForm({ connectorId, entityTypes, methods, reading, onForget, onCreated }: EndpointFormProps) {
  const box = useRef<HTMLDivElement>(null)
  const [name, setName] = useState(reading?.endpoint.name ?? '')
  const [url, setUrl] = useState(reading?.endpoint.url ?? '')
  const [accepted, setAccepted] = useState(new Set(reading?.methods.map(({ id }) => id)))
  const definition = definitionOf(reading)
  const [last, setLast] = useState('')
  const [createAnother] = useAction(createAnotherEndpointAction, unansweredResult)

  const send = async (previous: FormState, data: FormData): ReturnType<FormAction> => {
    if (!data.has('another')) return createOne(previous, data)
    const input = {
      connectorId,
      name,
      url,
      entityType: String(data.get('entityType') ?? ''),
      direction: data.get('direction') as Direction,
      httpMethod: data.get('httpMethod') as HttpMethod,
      methodIds: [...accepted],
      ...definition,
    }
    const result = await createAnother(input)
    if (!result.ok) return refusedForm(result.error)
    const { pendingOrigins } = result.value
    if (pendingOrigins.length > 0) toast.warning(originsMessage(pendingOrigins), reviewOrigins)
    setLast(name)
    setName('')
    setUrl('')
    onForget()
    return doneForm()
  }
  const next = () => {
    onCreated()
    box.current?.querySelector<HTMLInputElement>('[name=name]')?.focus()
  }
  return (
    <div ref={box}>
      <ActionForm action={send} onDone={next} guard={false} aria-label="Add new endpoint">
        {/* Enter presses the first submit button of a form, which must not be the one that adds another endpoint. */}
        <button type="submit" hidden tabIndex={-1} />
        <p role="status" className="text-sm text-ok empty:hidden">
          {last !== '' && `“${last}” created.`}
        </p>
        <TextField
          name="name"
          label="Name"
          required
          autoFocus
          autoComplete="off"
          maxLength={120}
          placeholder="List orders"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <EntityTypeField
            suggestions={entityTypes}
            defaultValue={reading?.endpoint.entityType}
            help="Groups endpoints in lists and in the connection shape."
          />
          <SelectField
            name="direction"
            label="Direction"
            options={directionChoices}
            defaultValue={reading?.endpoint.direction ?? 'receive'}
            help={directionHelp}
          />
        </div>
        <div className="grid gap-5 sm:grid-cols-[8rem_1fr]">
          <SelectField
            name="httpMethod"
            label="HTTP method"
            options={httpMethodChoices}
            defaultValue={reading?.endpoint.httpMethod ?? 'GET'}
          />
          <TextField
            name="url"
            label="URL"
            required
            mono
            autoComplete="off"
            spellCheck={false}
            maxLength={2048}
            placeholder="/orders/{{ order_id }}"
            help="Relative to the base URL, or absolute."
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </div>
        <input type="hidden" name="connectorId" value={connectorId} />
        {definition && <input type="hidden" name="definition" value={JSON.stringify(definition)} />}
        {reading && <FromCommand {...reading.endpoint} onRemove={onForget} />}
        {[...accepted].map((id) => (
          <input key={id} type="hidden" name="methodIds" value={id} />
        ))}
        <MethodChoice methods={methods} chosen={accepted} onChange={setAccepted} />
        <FormActions>
          <SubmitButton variant="secondary" name="another" value="yes">
            Create and add another
          </SubmitButton>
          <SubmitButton>Add endpoint</SubmitButton>
        </FormActions>
      </ActionForm>
    </div>
  )
}

/** What the form has no fields for. */
function definitionOf(reading: CurlReading | null) {
  if (reading === null) return null
  const { bodyFormat, body, parameters, variables } = reading.endpoint
  return { bodyFormat, body, parameters, variables }
}
