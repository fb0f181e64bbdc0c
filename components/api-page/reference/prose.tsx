import type { ReactNode } from 'react'

/** Text of the document: paragraphs, and code between backticks. */
export function Prose({ text }: { text: string }) {
  return text.split('\n\n').map((paragraph, index) => (
    <p key={index} className="max-w-prose text-pretty text-muted">
      <InlineCode text={paragraph} />
    </p>
  ))
}

export function InlineCode({ text }: { text: string }): ReactNode {
  return text.split('`').map((piece, index) =>
    index % 2 === 0 ? (
      piece
    ) : (
      <code key={index} className="wrap-anywhere">
        {piece}
      </code>
    ),
  )
}
