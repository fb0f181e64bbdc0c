import { Alert } from '@/components/ui/alert'
import { CopyText } from '@/components/ui/copy-text'
import { RelativeTime } from '@/components/ui/relative-time'
import type { LinkView } from '@/lib/people/views'

/** A link that cannot be shown again, with *Copy*. */
export function ShownOnce({ link: { url, expiresAt }, label }: { link: LinkView; label: string }) {
  return (
    <div className="grid gap-4">
      <Alert tone="warn">This link is shown only now. Copy it and send it to the person in a safe way.</Alert>
      <CopyText text={url} label={label} />
      <p className="text-sm text-muted">
        It works once, and expires <RelativeTime at={expiresAt} />.
      </p>
    </div>
  )
}
