'use client'

import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { BoundText } from '@/components/authentication-methods/fields/bound-text'
import { MoreSettings } from '@/components/authentication-methods/fields/more-settings'
import { RowsEditor } from '@/components/authentication-methods/fields/rows-editor'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { AuthoriseFields } from '@/components/authentication-methods/token/authorise-fields'
import { useHasGroup, useSetup } from '@/components/authentication-methods/setup-context'
import { nameScopes } from '@/lib/domain/method-options/option-choices'
import { clientAuthentications } from '@/lib/domain/method-options/option-choices'
import { pkceModes } from '@/lib/domain/method-options/option-choices'

const encodings = { form: 'Form (RFC 6749)', json: 'JSON' }
const pkceLabels: Record<(typeof pkceModes)[number], string> = {
  S256: 'S256 (recommended)',
  plain: 'plain',
  off: 'Off',
}

const clientHelps: Record<keyof typeof clientAuthentications, string> = {
  client_secret_basic: 'Client ID and secret in the Authorization header, form-encoded first, as RFC 6749 requires.',
  client_secret_basic_raw:
    'Client ID and secret in the Authorization header, not form-encoded, for servers that do not decode them.',
  client_secret_post: 'Client ID and secret as fields of the request.',
  none: 'Only the client ID, for a public client or one that is identified by its certificate.',
  nothing: 'Not even the client ID. The parameters of the method send what is needed.',
  private_key_jwt: 'A JWT signed with a private key instead of a secret (RFC 7523); its claims are under Signed JWT.',
  client_secret_jwt: 'A JWT signed with the client secret (RFC 7523); its claims are under Signed JWT.',
}

/** How the client requests a token. */
export function AskingSection() {
  const { draft } = useSetup()
  const authorises = useHasGroup('authorise')
  const client = draft.options.clientAuthentication ?? 'client_secret_basic'
  return (
    <SetupSection title="Token request">
      <div className="grid gap-5 sm:grid-cols-2">
        <BoundSelect
          name="options.clientAuthentication"
          label="Client authentication"
          help={clientHelps[client]}
          choices={clientAuthentications}
        />
        <BoundSelect
          name="options.requestEncoding"
          label="Request encoding"
          help="For a GET, or with the body format “No body”, the fields are sent in the query."
          choices={encodings}
        />
        {authorises && (
          <BoundSelect
            name="options.pkce"
            label="PKCE"
            help="Proves that the client that finishes an authorisation also started it (RFC 7636)."
            choices={pkceLabels}
          />
        )}
        <BoundText
          name="options.scopeSeparator"
          label="Scope separator"
          help="Sent between the scopes. Most APIs expect a space."
          maxLength={8}
        />
      </div>
      <MoreSettings
        label="Parameter names and more"
        summary={draft.options.parameterNames
          ?.map(({ standard, sent }) => `${standard} → ${sent || 'not sent'}`)
          .join(', ')}
        fields={['options.parameterNames', 'options.issuer', 'options.issuerAdvertised', 'options.unencodedParameters']}
      >
        <div className="grid gap-2">
          <h4 className="text-sm font-medium">Parameter names</h4>
          <p className="text-sm text-muted">
            For APIs that use other parameter names, for example client_key instead of client_id. A parameter with an
            empty name is not sent.
          </p>
          <RowsEditor
            name="options.parameterNames"
            noun="name"
            addLabel="Rename a parameter"
            most={30}
            blank={{ standard: '', sent: '', where: 'everywhere' }}
            columns={[
              {
                key: 'standard',
                label: 'Parameter of the protocol',
                kind: 'text',
                placeholder: 'client_id',
                maxLength: 256,
              },
              { key: 'sent', label: 'Sent as', kind: 'text', placeholder: 'not sent', maxLength: 256 },
              ...(authorises ? [{ key: 'where', label: 'In', kind: 'select' as const, choices: nameScopes }] : []),
            ]}
          />
        </div>
        {authorises && <AuthoriseFields />}
      </MoreSettings>
    </SetupSection>
  )
}
