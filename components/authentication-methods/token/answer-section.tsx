'use client'

import { BoundSeconds } from '@/components/authentication-methods/fields/bound-seconds'
import { BoundSelect } from '@/components/authentication-methods/fields/bound-select'
import { BoundTemplate } from '@/components/authentication-methods/fields/bound-template'
import { BoundText } from '@/components/authentication-methods/fields/bound-text'
import { RowsEditor } from '@/components/authentication-methods/fields/rows-editor'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { stepSourceHelp } from '@/components/authentication-methods/source-help'
import { expiryUnits } from '@/lib/domain/responses/token-expiry'

/** Where the values are in the token response. */
export function AnswerSection() {
  const { expiryUnit } = useSetup().draft.options
  return (
    <SetupSection title="Where to find values in the response" help={stepSourceHelp}>
      <div className="grid gap-5 sm:grid-cols-2">
        <BoundTemplate name="options.tokenPath" label="Access token" required maxLength={512} />
        <BoundTemplate
          name="options.refreshTokenPath"
          label="Refresh token"
          help="Without one in the response, the previous refresh token stays in use."
          maxLength={512}
        />
        {expiryUnit !== 'jwt' && (
          <BoundTemplate
            name="options.expiryPath"
            label="Expiry"
            help="The default lifetime applies if this is empty or missing from the response."
            maxLength={512}
          />
        )}
        <BoundSelect name="options.expiryUnit" label="Format of the expiry" choices={expiryUnits} />
        {expiryUnit === 'pattern' && (
          <BoundText
            name="options.expiryPattern"
            label="Pattern of the expiry"
            required
            help="Written with YYYY, MM, DD, HH, mm and ss; the time is read as UTC."
            placeholder="YYYY-MM-DD HH:mm:ss"
            maxLength={64}
          />
        )}
        <BoundSeconds
          name="options.defaultLifetimeSeconds"
          label="Default lifetime"
          help="For responses without an expiry. Leave empty to use the token until it is rejected."
        />
        <BoundSeconds
          name="options.refreshMarginSeconds"
          label="Refresh before expiry"
          help="How long before its expiry a token is refreshed. Default: one minute, or a tenth of the lifetime if that is shorter."
        />
      </div>
      <div className="grid gap-2">
        <h4 className="text-sm font-medium">Values stored from the response</h4>
        <p className="text-sm text-muted">
          For example an instance URL or a second token. Each fills the variable of that name; missing variables are
          created when you save. If a value has its own expiry, all of them are refreshed together, before the first one
          expires.
        </p>
        <RowsEditor
          name="options.kept"
          noun="value"
          addLabel="Store a value"
          blank={{ variable: '', path: '', secret: false, expiryPath: '' }}
          columns={[
            { key: 'variable', label: 'Variable', kind: 'text', placeholder: 'instance_url', maxLength: 128 },
            { key: 'path', label: 'Path in the response', kind: 'template' },
            { key: 'expiryPath', label: 'Path of its expiry', kind: 'template', placeholder: 'No expiry' },
            { key: 'secret', label: 'Secret', kind: 'check', width: 'auto' },
          ]}
        />
      </div>
    </SetupSection>
  )
}
