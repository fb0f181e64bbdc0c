import { Alert } from '@/components/ui/alert'
import { CopyText } from '@/components/ui/copy-text'
import { redirectUriLabel } from '@/lib/domain/oauth2/redirect-uri-label'
import type { RedirectUriView } from '@/lib/authentication-methods/views'

/** The redirect URIs to register at the third party, one per public address of this installation. */
export function RedirectUris({ view }: { view: RedirectUriView }) {
  return (
    <section aria-label="Redirect URI" className="grid gap-2">
      <p className="font-medium">Redirect URI to register at the third party</p>
      <ul className="grid gap-2">
        {view.uris.map((uri, index) => (
          <li key={uri} className="grid gap-x-3 gap-y-1 sm:grid-cols-[8rem_minmax(0,1fr)] sm:items-center">
            <span className="text-sm font-medium break-words">{redirectUriLabel(uri, index)}</span>
            <CopyText text={uri} label={`Copy ${uri}`} />
          </li>
        ))}
      </ul>
      <p className="text-sm text-muted">
        Register every address your team uses; users return to the one they started from.
      </p>
      {!view.configured && (
        <Alert tone="warn" title="This address of Patchbay is not configured">
          Authorising works only at the addresses above. Open Patchbay at one of them, or set APP_URL or
          PATCHBAY_PUBLIC_URLS to the address you use.
        </Alert>
      )}
    </section>
  )
}
