'use client'

import { toast } from '@/components/ui/toast'
import type { MethodDraft } from '@/components/authentication-methods/method-draft'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { Button } from '@/components/ui/button'
import { DropdownMenu } from '@/components/ui/dropdown-menu'
import { signaturePresets, type SignaturePreset } from '@/lib/domain/authentication/signature-presets'

/**
 * Fills a well-known signature into the draft and lists the variables that it needs, because variables are saved
 * separately.
 */
export function SignatureStart() {
  const { draft, onChange, variables } = useSetup()
  const start = (preset: SignaturePreset) => {
    onChange(startingFrom(draft, preset))
    const missing = preset.variables
      .filter(({ key }) => !variables.some((variable) => variable.key === key))
      .map(({ key }) => key)
    toast.info(
      missing.length === 0
        ? `${preset.name} is filled in.`
        : `${preset.name} is filled in. Add what it needs on Auth variables: ${missing.join(', ')}.`,
    )
  }
  return (
    <DropdownMenu
      align="start"
      trigger={<Button>Start from a well-known signature</Button>}
      items={signaturePresets.map((preset) => ({ label: preset.name, onSelect: () => start(preset) }))}
    />
  )
}

/** Existing computed values stay, unless the preset has one with the same key. */
function startingFrom(draft: MethodDraft, { options }: SignaturePreset): MethodDraft {
  const own = (draft.options.computed ?? []).filter(({ key }) => !options.computed.some((given) => given.key === key))
  return {
    ...draft,
    options: { ...draft.options, signature: options.signature, computed: [...own, ...options.computed] },
  }
}
