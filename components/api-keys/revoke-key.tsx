'use client'

import { focusHeading } from '@/components/ui/focus-heading'
import { useAction } from '@/components/forms/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { RelativeTime } from '@/components/ui/relative-time'
import { Section } from '@/components/ui/section'
import { toast } from '@/components/ui/toast'
import { revokeApiKeyAction } from '@/lib/api-keys/actions'
import type { ApiKeySummary } from '@/lib/api-keys/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** *Revoke* says what stops, and asks first. */
export function RevokeKey({ apiKey: { id, name, lastUsedAt, lastUsedAddress } }: { apiKey: ApiKeySummary }) {
  const [revokeKey] = useAction(revokeApiKeyAction, unansweredResult)
  const revoke = async () => {
    const revoked = await revokeKey({ keyId: id })
    if (!revoked.ok) return revoked.error.message
    toast.success(`“${name}” was revoked`)
    // The section of the button is gone.
    focusHeading()
  }
  return (
    <Section title="Danger">
      <div className="flex max-w-2xl flex-wrap items-center justify-between gap-3 rounded-lg border px-4 py-3">
        <p className="min-w-0 grow basis-72 text-muted">
          Every request with this key is refused from then on. A revoked key can never be used again.
        </p>
        <ConfirmDialog
          title={`Revoke ${name}?`}
          confirmLabel="Revoke API key"
          danger
          trigger={<Button variant="danger-quiet">Revoke API key</Button>}
          onConfirm={revoke}
        >
          <p>
            Every program that uses this key stops working at once: its requests are refused. What it has created stays.
            This cannot be undone; the program then needs a new key.
          </p>
          <p className="text-muted">
            {lastUsedAt === null ? (
              'The key was never used.'
            ) : (
              <>
                Last used <RelativeTime at={lastUsedAt} />
                {lastUsedAddress && ` from ${lastUsedAddress}`}.
              </>
            )}
          </p>
        </ConfirmDialog>
      </div>
    </Section>
  )
}
