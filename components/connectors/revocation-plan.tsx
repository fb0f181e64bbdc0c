import { counted } from '@/lib/domain/counted'
import type { MethodRevocation, RevocationPreview } from '@/lib/instances/revocation-views'

/** What will happen to the instances of each method. */
export function RevocationPlan({ preview, name }: { preview: RevocationPreview; name: string }) {
  if (preview.instances === 0)
    return <p>No instance of {name} has a token. Passwords and keys that people entered are not revoked here.</p>
  return (
    <>
      <ul aria-label="What will happen" className="grid gap-2">
        {preview.methods.map((method) => (
          <li key={method.methodId} className="break-words">
            <strong className="font-medium">
              {counted(method.instances, 'instance')} with {method.methodName}:
            </strong>{' '}
            {consequences(method, name)}
          </li>
        ))}
      </ul>
      <p className="text-muted">
        Disabled instances are included. This cannot be undone. You can stop at any time and continue later.
      </p>
    </>
  )
}

function consequences({ instances, atVendor, needsPerson }: MethodRevocation, name: string): string {
  const first = atVendor
    ? `tokens are revoked at ${name} and removed here.`
    : `tokens are only removed here, because the method has no revoke URL. Revoke them at ${name} by hand.`
  const it = instances === 1 ? 'it' : 'them'
  return needsPerson
    ? `${first} Someone has to authorise ${it} again.`
    : `${first} The next request gets a new token; disable the connector first to prevent that.`
}
