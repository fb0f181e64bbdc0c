'use client'

import { useEffect, useState, type ReactNode } from 'react'
import { toast } from '@/components/ui/toast'
import { TemplateFixesContext } from '@/components/forms/template-fixes'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useAction } from '@/components/forms/use-action'
import { VariableQuestions } from '@/components/variables/variable-questions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import { createVariablesAction } from '@/lib/variables/actions'
import type { VariableOwner } from '@/lib/variables/views'

type TemplateFixesProviderProps = {
  owner: VariableOwner
  revision: number
  /** Keys that a template can already use. */
  known: readonly string[]
  literalSecretIn: string | null
  /** Called when the error about the secret no longer applies. */
  onSecretExtracted: () => void
  children: ReactNode
}

type Named = { key: string; secret?: boolean }[]
type Asked = { variables: Named; questions: string[]; settle: (created: boolean) => void }

/** Lets the templates of a method or an endpoint create the variables that they use. */
export function TemplateFixesProvider({
  owner,
  revision,
  known,
  literalSecretIn,
  onSecretExtracted,
  children,
}: TemplateFixesProviderProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [createVariables, pending] = useAction(createVariablesAction, unansweredResult)
  useEffect(() => () => asked?.settle(false), [asked])

  const create = async (variables: Named): Promise<boolean> => {
    const result = await createVariables({ owner, revision, variables })
    if (result.ok) return announce(variables)
    if (result.error.code === 'confirmation_needed') {
      const questions = result.error.message.split('\n')
      return new Promise((settle) => setAsked({ variables, questions, settle }))
    }
    toast.error(result.error.message)
    return false
  }
  const confirm = async ({ variables, settle }: Asked): Promise<string | void> => {
    const result = await createVariables({ owner, revision, variables, confirmed: true })
    if (!result.ok) return result.error.message
    settle(announce(variables))
  }
  const extractSecret = async (text: string, sentAs: string) => {
    // The detection of secrets is only loaded if somebody has typed one.
    const { extractLiteralSecret } = await import('@/lib/domain/variables/extract-literal-secret')
    const { key, text: changed } = extractLiteralSecret(text, sentAs, new Set(known))
    if (!(await create([{ key, secret: true }]))) return null
    onSecretExtracted()
    return changed
  }
  const fixes = {
    createVariables: (keys: string[]) => create(keys.map((key) => ({ key }))),
    literalSecretIn,
    extractSecret,
    pending,
  }
  return (
    <TemplateFixesContext value={fixes}>
      {children}
      <ConfirmDialog
        title="Create these variables?"
        confirmLabel="Create variables"
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        onConfirm={async () => (asked ? confirm(asked) : undefined)}
      >
        <VariableQuestions questions={asked?.questions ?? []} />
      </ConfirmDialog>
    </TemplateFixesContext>
  )
}

function announce(variables: Named): true {
  const keys = variables.map(({ key }) => key).join(', ')
  toast.success(variables.length === 1 ? `Variable ${keys} created.` : `Variables ${keys} created.`)
  return true
}
