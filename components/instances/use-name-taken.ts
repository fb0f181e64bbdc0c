'use client'

import { useEffect, useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { checkInstanceNameAction } from '@/lib/instances/actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/**
 * Why the name cannot be used; null if it can be used or is not checked yet. The server is asked shortly after the last
 * key, so that a duplicate is noticed before the credentials are typed.
 */
export function useNameTaken(connectorId: string, name: string): string | null {
  const [checkName] = useAction(checkInstanceNameAction, unansweredResult)
  const [checked, setChecked] = useState<{ name: string; problem: string | null }>({ name: '', problem: null })
  const asked = name.trim()
  useEffect(() => {
    if (asked === '') return
    const ask = async () => {
      const result = await checkName({ connectorId, name: asked })
      const problem = result.ok || result.error.field !== 'name' ? null : result.error.message
      setChecked({ name: asked, problem })
    }
    const timer = setTimeout(() => void ask(), 300)
    return () => clearTimeout(timer)
  }, [asked, connectorId, checkName])
  return checked.name === asked ? checked.problem : null
}
