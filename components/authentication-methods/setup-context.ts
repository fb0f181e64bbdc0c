'use client'

import { createContext, useContext } from 'react'
import type { MethodDraft } from '@/components/authentication-methods/method-draft'
import { errorAt, readPath, writePath } from '@/components/authentication-methods/draft-path'
import type { ParameterTableProps } from '@/components/parameters/parameter-editing'
import type { TemplateVariable } from '@/components/forms/template-variable'
import type { TemplatePreview } from '@/lib/domain/preview/preview-template'
import type { OptionGroup } from '@/lib/domain/method-options/options'
import type { TypeDescription } from '@/lib/domain/authentication/describe-type'

/** What every field of *Authentication setup* needs to know about the draft. */
export type Setup = {
  definition: TypeDescription
  draft: MethodDraft
  onChange: (draft: MethodDraft) => void
  variables: readonly TemplateVariable[]
  errors: Record<string, string>
  canChange: boolean
  /** What the connector sends with endpoint requests and test requests. */
  shared: ParameterTableProps['shared']
  /** The name of the template that was edited last. */
  writing: string
  /** The text rendered with the sample values, with secrets masked; null while it cannot be rendered yet. */
  preview: (source: string) => TemplatePreview | null
}

export const SetupContext = createContext<Setup | null>(null)

export function useSetup(): Setup {
  const setup = useContext(SetupContext)
  if (!setup) throw new Error('Fields of Authentication setup stand inside of it.')
  return setup
}

/** Whether the type has these options at all. */
export function useHasGroup(group: OptionGroup): boolean {
  return useSetup().definition.optionGroups.includes(group)
}

export type Bound<Value> = {
  name: string
  value: Value
  set: (value: Value) => void
  error?: string
  readOnly: boolean
}

/** One setting of the draft by its name, with the server's error for it. */
export function useBound<Value>(name: string): Bound<Value> {
  const { draft, onChange, errors, canChange } = useSetup()
  return {
    name,
    value: readPath(draft, name) as Value,
    set: (value) => onChange(writePath(draft, name, value)),
    error: errorAt(errors, name),
    readOnly: !canChange,
  }
}
