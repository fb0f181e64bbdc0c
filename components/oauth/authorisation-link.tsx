import { ActionForm } from '@/components/forms/action-form'
import { SubmitButton } from '@/components/forms/submit-button'
import { Entrance } from '@/components/frame/entrance'
import { KeyValueList } from '@/components/ui/key-value-list'
import { RelativeTime } from '@/components/ui/relative-time'
import { cancelAuthorisationLinkAction, continueAuthorisationLinkAction } from '@/lib/authorisations/links/actions'
import type { LinkToOpen } from '@/lib/authorisations/links/views'

type AuthorisationLinkProps = { token: string; link: LinkToOpen; signedInAs: string }

/** Who asks a person to authorise which instance, before they go to the third party. */
export function AuthorisationLink({ token, link, signedInAs }: AuthorisationLinkProps) {
  const { askedBy, instance, connector, hasSettings, returnTo, expiresAt } = link
  const asker = askedBy.kind === 'api_key' ? `API key “${askedBy.name}”` : askedBy.name
  return (
    <Entrance
      title={`Authorise ${instance.name}`}
      description={`You continue at ${connector.name} to sign in and to allow access. Continue only if you expected this request.`}
    >
      <KeyValueList
        items={[
          { label: 'Requested by', value: askedBy.address === null ? asker : `${asker}, from ${askedBy.address}` },
          { label: 'Connector', value: [connector.name, connector.versionLabel].filter(Boolean).join(' ') },
          { label: 'Instance', value: instance.name },
          {
            label: 'New settings',
            value: hasSettings ? 'Sent with the request. They are used once you have allowed access.' : null,
          },
          { label: 'Expires', value: <RelativeTime at={expiresAt} /> },
          { label: 'Afterwards', value: returnTo === null ? 'You stay in Patchbay' : `You go to ${shown(returnTo)}` },
          { label: 'Signed in as', value: signedInAs },
        ]}
      />
      <div className="grid gap-2">
        <ActionForm action={continueAuthorisationLinkAction} guard={false} aria-label="Continue">
          <input type="hidden" name="token" value={token} />
          <SubmitButton size="lg">Continue</SubmitButton>
        </ActionForm>
        <ActionForm action={cancelAuthorisationLinkAction} guard={false} aria-label="Cancel">
          <input type="hidden" name="token" value={token} />
          <SubmitButton size="lg" variant="secondary">
            Cancel
          </SubmitButton>
        </ActionForm>
      </div>
    </Entrance>
  )
}

/** Without the query, which is only of interest to the app. */
function shown(address: string): string {
  const { origin, pathname } = new URL(address)
  return origin + (pathname === '/' ? '' : pathname)
}
