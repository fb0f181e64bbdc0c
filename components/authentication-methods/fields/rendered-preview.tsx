'use client'

import { useSetup } from '@/components/authentication-methods/setup-context'

/**
 * What the template that is being written becomes with the sample values of the picture. It stays until another one is
 * written: were it to go with the focus, what one presses next would move away under the pointer.
 */
export function RenderedPreview({ name, source }: { name: string; source: string }) {
  const { preview, writing } = useSetup()
  if (writing !== name || !source.includes('{{')) return null
  const rendered = preview(source)
  if (!rendered) return null
  return (
    <p data-testid="template-preview" className="mt-1.5 flex gap-1.5 text-sm text-muted">
      <span className="shrink-0">Becomes</span>
      {!rendered.ok && <span className="min-w-0 break-words">— {rendered.error.message}</span>}
      {rendered.ok && rendered.value === '' && <span>nothing until its variable has a value</span>}
      {rendered.ok && rendered.value !== '' && (
        <code className="min-w-0 font-mono break-all whitespace-pre-wrap text-foreground">{rendered.value}</code>
      )}
    </p>
  )
}
