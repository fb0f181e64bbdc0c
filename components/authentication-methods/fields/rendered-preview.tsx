'use client'

import { useSetup } from '@/components/authentication-methods/setup-context'

/**
 * The result of the template that is being edited, with the sample values of the preview. It stays until another
 * template is edited: if it disappeared when the field loses the focus, the button that the person is about to press
 * would move.
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
