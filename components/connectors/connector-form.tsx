'use client'

import { toast } from '@/components/ui/toast'
import { AllowedHostsField } from '@/components/connectors/allowed-hosts-field'
import { connectorValues } from '@/components/connectors/connector-values'
import { ColourField } from '@/components/connectors/colour-field'
import { IconField } from '@/components/connectors/icon-field'
import { RateLimitFields } from '@/components/connectors/rate-limit-fields'
import { ActionForm } from '@/components/forms/action-form'
import { FormActions } from '@/components/forms/form-actions'
import { SelectField } from '@/components/forms/select-field'
import { SubmitButton } from '@/components/forms/submit-button'
import { TemplateField } from '@/components/forms/template-field'
import { TextField } from '@/components/forms/text-field'
import { TextareaField } from '@/components/forms/textarea-field'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { Section } from '@/components/ui/section'
import { createConnectorAction, updateConnectorAction } from '@/lib/connectors/actions'
import type { ConnectorDetail } from '@/lib/connectors/views'
import { systemTypes } from '@/lib/domain/vocabulary'
import type { VariableView } from '@/lib/variables/views'

type ConnectorFormProps = {
  /** Null adds a new one. */
  connector: ConnectorDetail | null
  variables: VariableView[]
}

const types = Object.entries(systemTypes).map(([value, label]) => ({ value, label }))

/** *Basic details*. */
export function ConnectorForm({ connector, variables }: ConnectorFormProps) {
  const known = variables.map(({ key, displayName, secret }) => ({
    key,
    label: displayName,
    secret,
    origin: 'Connector',
  }))
  return (
    <Section title="Basic details" description="The name and the address of the API.">
      <ActionForm
        action={connector ? updateConnectorAction : createConnectorAction}
        onDone={(state) => toast.success(state.message ?? 'Saved.')}
        version={connector ? { revision: connector.revision, values: connectorValues(connector) } : undefined}
        aria-label="Basic details"
      >
        {connector && <input type="hidden" name="connectorId" value={connector.id} />}
        <div className="grid max-w-3xl gap-5">
          <div className="grid gap-5 sm:grid-cols-[1fr_10rem]">
            <TextField
              name="name"
              label="Name"
              required
              maxLength={120}
              defaultValue={connector?.name}
              autoFocus={!connector}
              placeholder="Acme Commerce"
            />
            <TextField
              name="versionLabel"
              label="Version"
              maxLength={40}
              defaultValue={connector?.versionLabel}
              placeholder="v2"
            />
          </div>
          <TextareaField
            name="description"
            label="Description"
            rows={3}
            maxLength={2000}
            defaultValue={connector?.description}
          />
          <SelectField
            name="systemType"
            label="System type"
            defaultValue={connector?.systemType ?? 'other'}
            options={types}
            className="max-w-64"
          />
          <TemplateField
            name="baseUrl"
            label="Base URL"
            variables={known}
            maxLength={2048}
            defaultValue={connector?.baseUrl}
            placeholder="https://api.acme.com/v2"
            help={
              <>
                Endpoint URLs may be relative to it. A variable can be one part of the host:{' '}
                <code>{'https://{{ account }}.acme.com'}</code>
              </>
            }
          />
          <AllowedHostsField hosts={connector?.allowedHosts ?? []} />
          <div className="grid gap-5 sm:grid-cols-2">
            <DateFormatField dateFormat={connector?.dateFormat} />
            <RateLimitFields amount={connector?.rateLimitAmount ?? null} unit={connector?.rateLimitUnit ?? null} />
          </div>
          <TextField
            name="documentationUrl"
            label="Documentation link"
            type="url"
            maxLength={2048}
            defaultValue={connector?.documentationUrl}
            placeholder="https://developers.acme.com"
          />
          <IconField
            key={connector?.revision}
            name={connector?.name ?? ''}
            icon={connector?.icon ?? { url: null, colour: null }}
          />
          <ColourField colour={connector?.icon.colour ?? null} />
        </div>
        {connector ? (
          <UnsavedBar>
            <SubmitButton>Save basic details</SubmitButton>
          </UnsavedBar>
        ) : (
          <FormActions>
            <SubmitButton>Next step</SubmitButton>
          </FormActions>
        )}
      </ActionForm>
    </Section>
  )
}

function DateFormatField({ dateFormat }: { dateFormat: string | undefined }) {
  return (
    <>
      <TextField
        name="dateFormat"
        label="Date format"
        required
        mono
        maxLength={60}
        defaultValue={dateFormat ?? 'YYYY-MM-DD'}
        list="date-formats"
        help="How this API writes dates. An instance can use another format."
      />
      <datalist id="date-formats">
        {['YYYY-MM-DD', 'YYYY-MM-DDTHH:mm:ssZ', 'YYYY-MM-DD HH:mm:ss', 'DD/MM/YYYY', 'MM/DD/YYYY', 'X'].map(
          (format) => (
            <option key={format} value={format} />
          ),
        )}
      </datalist>
    </>
  )
}
