'use client'

import { useEffect, useRef } from 'react'
import { useIsFilter } from '@/components/forms/filters-part'
import { useTemplateFixes } from '@/components/forms/template-fixes'
import { unknownWords } from '@/components/forms/template-tokens'
import type { TemplateVariable } from '@/components/forms/template-variable'
import { Button } from '@/components/ui/button'

type TemplateNotesProps = {
  /** The id of the editor, which takes the focus after a problem is fixed. */
  editorId: string
  name: string
  /** The name under which the text is sent, if it has one. */
  sentAs?: string
  value: string
  variables: readonly TemplateVariable[]
  onValueChange: (value: string) => void
}

const isKey = (name: string) => /^[A-Za-z_]\w*$/.test(name)

/** The problems of one template, each with a button that fixes it. */
export function TemplateNotes({ editorId, name, sentAs = '', value, variables, onValueChange }: TemplateNotesProps) {
  const fixes = useTemplateFixes()
  const latest = useRef({ value, onValueChange })
  useEffect(() => {
    latest.current = { value, onValueChange }
  })
  const known = new Set(variables.map((variable) => variable.key))
  const unknown = unknownWords(value, { isVariable: (key) => known.has(key), isFilter: useIsFilter() })
  const creatable = unknown.variables.filter(isKey)
  const focus = () => document.getElementById(editorId)?.focus()
  const create = async () => {
    if (await fixes?.createVariables(creatable)) focus()
  }
  const extract = async () => {
    const changed = await fixes?.extractSecret(value, sentAs)
    // If something was typed in the meantime, it stays: the returned text is based on an older one.
    if (typeof changed !== 'string' || latest.current.value !== value) return
    latest.current.onValueChange(changed)
    focus()
  }
  const isLiteral = fixes !== null && fixes.literalSecretIn === name
  if (!isLiteral && unknown.variables.length + unknown.filters.length === 0) return null
  return (
    <div className="grid justify-items-start gap-1 text-sm">
      {isLiteral && (
        <Button size="sm" pending={fixes.pending} onClick={extract}>
          Make it a secret variable
        </Button>
      )}
      {unknown.variables.length > 0 && (
        <p className="text-bad">
          {unknown.variables.length === 1 ? 'Unknown variable' : 'Unknown variables'}:{' '}
          <code className="break-all">{unknown.variables.join(', ')}</code>
        </p>
      )}
      {fixes && creatable.length > 0 && (
        <Button size="sm" pending={fixes.pending} onClick={create} className="h-auto! min-h-7 whitespace-normal!">
          Create {creatable.length === 1 ? 'variable' : 'variables'} {creatable.join(', ')}
        </Button>
      )}
      {unknown.filters.length > 0 && (
        <p className="text-bad">
          {unknown.filters.length === 1 ? 'Unknown filter' : 'Unknown filters'}:{' '}
          <code className="break-all">{unknown.filters.join(', ')}</code>
        </p>
      )}
    </div>
  )
}
