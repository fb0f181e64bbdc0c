import type { DiscoveredChange } from '@/components/authentication-methods/urls/discovered-changes'
import { Alert } from '@/components/ui/alert'
import type { DiscoveredServer } from '@/lib/domain/oauth2/discovery'

/** What was found, as changes to the draft, and further notes for the person. */
export function DiscoveredServerView({
  server,
  changes,
}: {
  server: DiscoveredServer
  changes: readonly DiscoveredChange[]
}) {
  return (
    <div role="group" aria-label="What was found" className="grid gap-3">
      {changes.length === 0 && <Alert tone="ok" title="All fields already match what the server publishes." />}
      {changes.length > 0 && (
        <dl className="grid gap-3">
          {changes.map(({ name, label, before, after }) => (
            <div key={name} className="grid gap-0.5">
              <dt className="text-sm font-medium">{label}</dt>
              <dd className="grid min-w-0 font-mono text-sm break-all">
                {before !== '' && <del className="text-muted">{before}</del>}
                <ins className="no-underline">{after}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {server.otherOrigins.length > 0 && (
        <Alert tone="warn" title={`Credentials would go to ${server.otherOrigins.join(', ')}`}>
          This is not the address of the issuer, {server.issuer}. Check that it belongs to the same API.
        </Alert>
      )}
      {server.clientAuthentication === null && (
        <Alert tone="warn" title="The server supports none of the client authentications that can be chosen here." />
      )}
      {server.scopes.length > 0 && (
        <p className="text-sm break-words text-muted">
          Supported scopes: <code>{server.scopes.slice(0, 40).join(' ')}</code>
        </p>
      )}
    </div>
  )
}
