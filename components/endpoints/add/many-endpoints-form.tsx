'use client'

import { useDeferredValue, useMemo, useState } from 'react'
import { toast } from '@/components/ui/toast'
import type { AddEndpointProps } from '@/components/endpoints/add/add-endpoint-props'
import { EndpointLinesPreview } from '@/components/endpoints/add/endpoint-lines-preview'
import { MethodChoice } from '@/components/endpoints/add/method-choice'
import { EntityTypeField } from '@/components/endpoints/entity-type-field'
import { FormActions } from '@/components/forms/form-actions'
import { TextareaField } from '@/components/forms/textarea-field'
import { useAction } from '@/components/forms/use-action'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { counted } from '@/lib/domain/counted'
import { readEndpointLines, type EndpointLine } from '@/lib/domain/requests/endpoint-lines'
import { createEndpointsAction } from '@/lib/endpoints/actions'
import { reviewOrigins } from '@/components/forms/review-origins'
import { originsMessage } from '@/lib/platform/forms/saved-message'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

const example = 'GET /orders List orders\nGET /orders/{id} Get order\nPOST /orders Create order'

type ManyEndpointsFormProps = AddEndpointProps & {
  /** Whether its tab is selected. Only then are its fields in the dialog, so that field names are unique. */
  active: boolean
  onCreated: () => void
}

/** Many endpoints from a pasted list: a preview of each line is shown before anything is created. */
export function ManyEndpointsForm({ connectorId, entityTypes, methods, active, onCreated }: ManyEndpointsFormProps) {
  const [text, setText] = useState('')
  const [entityType, setEntityType] = useState('')
  const [accepted, setAccepted] = useState<Set<string>>(new Set())
  const [refusal, setRefusal] = useState('')
  const [createEndpoints, pending] = useAction(createEndpointsAction, unansweredResult)
  const shown = useDeferredValue(text)
  const { endpoints, problems } = useMemo(() => readEndpointLines(shown), [shown])
  const count = endpoints.length
  const ready = count > 0 && problems.length === 0 && shown === text

  const create = async () => {
    const methodIds = [...accepted]
    const result = await createEndpoints({ connectorId, entityType, methodIds, endpoints: endpoints.map(inputOf) })
    if (!result.ok) return setRefusal(result.error.message)
    const { created, pendingOrigins } = result.value
    if (pendingOrigins.length === 0) toast.success(`${counted(created, 'endpoint')} created.`)
    else toast.warning(`${counted(created, 'endpoint')} created. ${originsMessage(pendingOrigins)}`, reviewOrigins)
    onCreated()
  }
  return (
    <div className="grid gap-5">
      <TextareaField
        name="lines"
        label="Endpoints"
        rows={7}
        mono
        spellCheck={false}
        placeholder={example}
        help="One per line: HTTP method, path, name. If the name is missing, it is derived from the path. {id} and :id become variables."
        value={text}
        onChange={(event) => (setText(event.target.value), setRefusal(''))}
      />
      <EndpointLinesPreview endpoints={endpoints} problems={problems} />
      {active && (
        <EntityTypeField
          suggestions={entityTypes}
          help="Applies to all of these endpoints. You can change it later."
          value={entityType}
          onChange={(event) => setEntityType(event.target.value)}
        />
      )}
      <MethodChoice methods={methods} chosen={accepted} onChange={setAccepted} />
      {refusal && <Alert tone="bad">{refusal}</Alert>}
      <FormActions>
        <Button variant="primary" disabled={!ready} pending={pending} onClick={create}>
          Create {counted(count, 'endpoint')}
        </Button>
      </FormActions>
    </div>
  )
}

function inputOf({ name, direction, httpMethod, url, variables }: EndpointLine) {
  return { name, direction, httpMethod, url, variables }
}
