import type { AuditLine } from '@/lib/activity/views'

const longest = 160

/** What changed, a line each; what is long is folded. */
export function ChangeDetails({ changes }: { changes: AuditLine['changes'] }) {
  return changes.map(({ name, text }) => (
    <div key={name}>
      <span className="font-mono text-xs">{name}</span>:{' '}
      {text.length <= longest ? (
        text
      ) : (
        <details className="inline">
          <summary className="cursor-pointer">{text.slice(0, longest)}…</summary>
          {text}
        </details>
      )}
    </div>
  ))
}
