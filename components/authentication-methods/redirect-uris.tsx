import { Alert } from '@/components/ui/alert'
import { CopyText } from '@/components/ui/copy-text'
import type { RedirectUriView } from '@/lib/authentication-methods/views'

/** The redirect URIs to register at the third party, one per public address of this installation. */
export function RedirectUris({ view }: { view: RedirectUriView }) {
  return (
    <section aria-label="Redirect URI" className="grid gap-2">
      <h3 className="font-medium">Redirect URI to register at the third party</h3>
      <ul className="grid gap-2">
        {view.uris.map((uri) => (
          <li key={uri}>
            <CopyText text={uri} label={`Copy ${uri}`} />
          </li>
        ))}
      </ul>
      <p className="text-sm text-muted">
        An authorisation comes back to the address it was begun on. Register every address your team uses.
      </p>
      {!view.configured && (
        <Alert tone="warn" title="Your browser uses another address than this installation is configured with">
          Authorisations begun here would come back to the addresses above. Set APP_URL or PATCHBAY_PUBLIC_URLS to the
          address you use.
        </Alert>
      )}
    </section>
  )
}
