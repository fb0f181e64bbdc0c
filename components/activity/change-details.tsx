import type { AuditLine } from '@/lib/activity/views'

const longest = 160
const shownAtOnce = 6

/** One line per change. Long lines, and lines beyond the first few, are collapsed. */
export function ChangeDetails({ changes }: { changes: AuditLine['changes'] }) {
  const rest = changes.slice(shownAtOnce)
  return (
    <>
      {changes.slice(0, shownAtOnce).map((line, index) => (
        <ChangeLine key={index} line={line} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary className="cursor-pointer py-1">{rest.length} more</summary>
          {rest.map((line, index) => (
            <ChangeLine key={index} line={line} />
          ))}
        </details>
      )}
    </>
  )
}

function ChangeLine({ line }: { line: string }) {
  if (line.length <= longest) return <div>{line}</div>
  return (
    <details>
      <summary className="cursor-pointer">{line.slice(0, longest)}…</summary>
      {line}
    </details>
  )
}
