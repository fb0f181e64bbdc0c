'use client'

import { useEffect, useRef } from 'react'
import { ButtonLink } from '@/components/ui/button-link'
import { CodeBlock } from '@/components/ui/code-block'
import { CopyButton } from '@/components/ui/copy-button'

type CreatedKeyProps = { id: string; name: string; text: string }

/** The new key, which is shown only here. */
export function CreatedKey({ id, name, text }: CreatedKeyProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section aria-labelledby="created-key" className="grid max-w-2xl gap-5">
      <div className="grid gap-1">
        <h2 id="created-key" ref={heading} tabIndex={-1} className="text-lg font-semibold break-words">
          “{name}” was created
        </h2>
        <p className="text-muted">
          Copy the key now and store it where the program finds its secrets. It is not shown again.
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2 rounded-lg border bg-subtle px-3 py-2.5">
        <code aria-label="API key" className="min-w-0 grow basis-60 break-all select-all">
          {text}
        </code>
        <CopyButton text={text} label="Copy API key" withText />
      </div>
      <div className="grid gap-1.5">
        <p className="text-sm font-medium">Send it with every request, in this header</p>
        <CodeBlock label="Example" wrap code={`Authorization: Bearer ${text}`} />
      </div>
      <div className="flex flex-wrap gap-2">
        <ButtonLink variant="primary" href="/settings/api-keys">
          Done
        </ButtonLink>
        <ButtonLink href={`/settings/api-keys/${id}`}>Open settings of this key</ButtonLink>
      </div>
    </section>
  )
}
