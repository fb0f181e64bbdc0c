'use client'

import { KeptValuesTable } from '@/components/authentication-methods/kept-values-table'
import { StatusesField } from '@/components/authentication-methods/statuses-field'
import type { SetupTabProps } from '@/components/authentication-methods/urls-tab'
import { SelectField } from '@/components/forms/select-field'
import { SwitchField } from '@/components/forms/switch-field'
import { TemplateField } from '@/components/forms/template-field'
import { TextField } from '@/components/forms/text-field'
import type { MethodOptions } from '@/lib/domain/authentication/options'

const choices = (labels: Record<string, string>) => Object.entries(labels).map(([value, label]) => ({ value, label }))

const pkceLabels = { S256: 'S256 (recommended)', plain: 'plain', off: 'Off' }
const clientLabels = {
  client_secret_basic: 'Header: client_secret_basic',
  client_secret_post: 'Body: client_secret_post',
  none: 'None: a public client',
}
const encodingLabels = { form: 'Form (RFC 6749)', json: 'JSON' }
const unitLabels = {
  seconds: 'Seconds from now',
  milliseconds: 'Milliseconds from now',
  epoch_seconds: 'Seconds since 1970',
  epoch_milliseconds: 'Milliseconds since 1970',
  iso: 'Date and time (ISO 8601)',
}

/** The token request and how its answer is read. */
export function OAuthTokenFields({ draft, onChange, errors, canChange, variables, filters }: SetupTabProps) {
  const options = draft.options as unknown as MethodOptions
  const change = (part: Partial<MethodOptions>) => onChange({ ...draft, options: { ...draft.options, ...part } })
  const select = <Name extends 'pkce' | 'clientAuthentication' | 'requestEncoding' | 'expiryUnit'>(name: Name, label: string, labels: Record<string, string>, help?: string) => (
    <SelectField
      name={`options.${name}`}
      label={label}
      help={help}
      value={options[name]}
      disabled={!canChange}
      onChange={(event) => change({ [name]: event.target.value } as Partial<MethodOptions>)}
      options={choices(labels)}
    />
  )
  const template = (name: 'tokenPath' | 'refreshTokenPath' | 'expiryPath', label: string, help: string) => (
    <TemplateField
      name={`options.${name}`}
      label={label}
      help={help}
      value={options[name]}
      readOnly={!canChange}
      maxLength={512}
      onValueChange={(value) => change({ [name]: value })}
      error={errors[`options.${name}`]}
      variables={variables}
      filters={filters}
    />
  )
  const text = (name: 'scopeSeparator' | 'issuer', label: string, help: string, maxLength: number) => (
    <TextField
      name={`options.${name}`}
      label={label}
      help={help}
      mono
      value={options[name]}
      readOnly={!canChange}
      maxLength={maxLength}
      onChange={(event) => change({ [name]: event.target.value })}
      error={errors[`options.${name}`]}
    />
  )
  return (
    <>
      <section className="grid gap-5 sm:grid-cols-2">
        <h3 className="font-medium sm:col-span-2">How the token is asked for</h3>
        {select('pkce', 'PKCE', pkceLabels, 'Proof that who began the authorisation finishes it (RFC 7636).')}
        {select('clientAuthentication', 'Client authentication', clientLabels, 'How client ID and secret reach the token URL.')}
        {select('requestEncoding', 'Request encoding', encodingLabels)}
        {text('scopeSeparator', 'Scope separator', 'Between the scopes in the authorise URL: a space, or what the third party wants.', 8)}
        {text('issuer', 'Issuer', 'Optional. Where set, an answer from another server is refused (RFC 9207).', 2048)}
        <SwitchField
          name="options.issuerAdvertised"
          label="The third party always names itself (iss)"
          checked={options.issuerAdvertised}
          disabled={!canChange}
          onChange={(event) => change({ issuerAdvertised: event.target.checked })}
        />
      </section>
      <section className="grid gap-5 sm:grid-cols-2">
        <h3 className="font-medium sm:col-span-2">Where the answer holds what</h3>
        {template('tokenPath', 'Access token', 'A name, or a JSON path such as $.data.token. JSON and form answers are both read.')}
        {template('refreshTokenPath', 'Refresh token', 'Where the answer has none, the one before is kept.')}
        {template('expiryPath', 'Expiry', 'Left empty or absent in the answer: the default lifetime.')}
        {select('expiryUnit', 'Expiry is given as', unitLabels)}
        <TextField
          name="options.defaultLifetimeSeconds"
          label="Default lifetime"
          help="For answers without an expiry. Empty: the token is used until it is refused."
          type="number"
          min={1}
          suffix="seconds"
          value={options.defaultLifetimeSeconds ?? ''}
          readOnly={!canChange}
          onChange={(event) => change({ defaultLifetimeSeconds: event.target.value === '' ? null : Number(event.target.value) })}
          error={errors['options.defaultLifetimeSeconds']}
        />
        <StatusesField
          name="options.expiredStatuses"
          label="Statuses that mean “token expired”"
          help="On one of these the token is refreshed once and the request sent again."
          value={options.expiredStatuses}
          onValueChange={(expiredStatuses) => change({ expiredStatuses })}
          error={errors['options.expiredStatuses']}
          disabled={!canChange}
        />
      </section>
      <KeptValuesTable
        title="Values kept from the token answer"
        help="They fill the variables of that name: an instance URL, say."
        sourceLabel="Path in the answer"
        field="options.kept"
        rows={options.kept.map(({ variable, path }) => ({ variable, source: path }))}
        onChange={(rows) => change({ kept: rows.map(({ variable, source }) => ({ secret: false, expiryPath: '', variable, path: source })) })}
        errors={errors}
        canChange={canChange}
      />
      <KeptValuesTable
        title="Values kept from the callback"
        help="Parameters that the third party adds when it sends the person back: a realm ID, say."
        sourceLabel="Callback parameter"
        field="options.keptFromCallback"
        rows={options.keptFromCallback.map(({ variable, parameter }) => ({ variable, source: parameter }))}
        onChange={(rows) => change({ keptFromCallback: rows.map(({ variable, source }) => ({ variable, parameter: source })) })}
        errors={errors}
        canChange={canChange}
      />
    </>
  )
}
