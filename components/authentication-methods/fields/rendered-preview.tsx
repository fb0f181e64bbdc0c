'use client'

import { useSetup } from '@/components/authentication-methods/setup-context'

/** What a template becomes with the sample values of the picture; nothing where there is nothing to fill in. */
export function RenderedPreview({ source }: { source: string }) {
  const { preview } = useSetup()
  if (!source.includes('{{')) return null
  const rendered = preview(source)
  return (
    <p data-testid="template-preview" className="mt-1.5 flex gap-1.5 text-sm text-muted">
      <span className="shrink-0">Becomes</span>
      {rendered.ok ? <code className="min-w-0 font-mono break-all text-foreground">{rendered.value}</code> : <span className="min-w-0 break-words">— {rendered.error.message}</span>}
    </p>
  )
}
