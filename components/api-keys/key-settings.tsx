'use client'

import { KeyFields } from '@/components/api-keys/key-fields'
import { expiryLabels, type KeyDraft } from '@/components/api-keys/key-draft'
import { useKeySettings } from '@/components/api-keys/use-key-settings'
import { SaveRefused } from '@/components/forms/save-refused'
import { saveKeys } from '@/components/forms/save-shortcut'
import { UnsavedBar } from '@/components/forms/unsaved-bar'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'
import type { ApiKeyDetail } from '@/lib/api-keys/views'
import { roleLabels } from '@/lib/domain/access/roles'

/** What can be changed of a key that is not revoked. */
export function KeySettings({ apiKey }: { apiKey: ApiKeyDetail }) {
  const { versioned, state, pending, save, discard } = useKeySettings(apiKey)
  const { draft, setDraft, dirty, merged } = versioned
  return (
    <form
      method="post"
      noValidate
      aria-label="Settings of the API key"
      className="grid max-w-2xl gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        if (!pending) void save()
      }}
    >
      <SaveRefused
        state={state}
        merged={merged}
        draft={draft}
        onChoose={versioned.choose}
        textOf={textOf}
        labelOf={labelOf}
      />
      <KeyFields
        draft={draft}
        onChange={setDraft}
        errors={state.status === 'invalid' ? state.fieldErrors : {}}
        kept={apiKey.expiresAt && <KeptExpiry at={apiKey.expiresAt} hasExpired={apiKey.state === 'expired'} />}
      />
      <UnsavedBar dirty={dirty} message="Unsaved changes of the API key">
        <Button disabled={!dirty || pending} onClick={discard}>
          Discard
        </Button>
        <Button type="submit" variant="primary" pending={pending} disabled={!dirty} {...saveKeys}>
          Save API key
        </Button>
      </UnsavedBar>
    </form>
  )
}

function KeptExpiry({ at, hasExpired }: { at: string; hasExpired: boolean }) {
  return (
    <>
      {hasExpired ? 'Expired' : 'Expires'} <RelativeTime at={at} />.
    </>
  )
}

const labels: Record<string, string> = { limited: 'Connectors and instances', callOnly: 'Only call endpoints' }
const labelOf = (path: readonly string[]) => labels[path.join('.')]

/** The values of both versions, if somebody else saved first. */
function textOf(path: readonly string[], value: unknown): string | undefined {
  switch (path.join('.') as keyof KeyDraft) {
    case 'role':
      return roleLabels[value as KeyDraft['role']]
    case 'limits':
      return value === 'workspace' ? 'The whole workspace' : 'Some connectors or instances'
    case 'limited':
      return (value as KeyDraft['limited']).map(({ label }) => label).join(', ') || 'None'
    case 'expiresAt':
      return value === 'keep' ? 'As it is now' : expiryLabels[value as keyof typeof expiryLabels]
    default:
      return undefined
  }
}
