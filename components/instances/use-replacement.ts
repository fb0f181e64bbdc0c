import { counted } from '@/lib/domain/counted'
import { useRef, useState } from 'react'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { useSearch } from '@/components/ui/use-search'
import { previewReplacementAction, replaceInstanceAction, searchReplacementsAction } from '@/lib/flows/shape-actions'
import { confirmedFlows } from '@/lib/flows/confirmed-flows'
import type { ReplacementPreview } from '@/lib/flows/replacement-views'
import type { InstanceOption } from '@/lib/flows/shape-views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** *Replace this instance in flows*: choose another, see what happens to each shape, confirm. */
export function useReplacement(instanceId: string) {
  const [open, setOpen] = useState(false)
  const [chosen, setChosen] = useState<InstanceOption | null>(null)
  const [preview, setPreview] = useState<ReplacementPreview | null>(null)
  const [refusal, setRefusal] = useState('')
  const [options, setOptions] = useState<InstanceOption[]>([])
  /** Increases with each choice, so that the result of an earlier one is not shown. */
  const latest = useRef(0)
  const [searchInstances] = useAction(searchReplacementsAction, unansweredResult)
  const [readPreview, previewing] = useAction(previewReplacementAction, unansweredResult)
  const [replaceInstance, replacing] = useAction(replaceInstanceAction, unansweredResult)
  const picker = useSearch(options, async (text) => {
    const answer = await searchInstances({ instanceId, search: text })
    return answer.ok ? answer.value : null
  })

  const show = async (next: boolean) => {
    const mine = ++latest.current
    setOpen(next)
    setChosen(null)
    setPreview(null)
    setRefusal('')
    if (!next) return
    const answer = await searchInstances({ instanceId, search: '' })
    if (mine !== latest.current) return
    if (answer.ok) setOptions(answer.value)
    else setRefusal(answer.error.message)
  }
  const read = async (option: InstanceOption) => {
    const mine = ++latest.current
    setPreview(null)
    const answer = await readPreview({ instanceId, newInstanceId: option.id })
    if (mine !== latest.current) return
    if (answer.ok) setPreview(answer.value)
    else setRefusal(answer.error.message)
  }
  const choose = async (option: InstanceOption) => {
    setChosen(option)
    setRefusal('')
    await read(option)
  }
  const confirm = async () => {
    if (!chosen || !preview) return
    const mine = latest.current
    const replaced = await replaceInstance({ instanceId, newInstanceId: chosen.id, flows: confirmedFlows(preview) })
    if (replaced.ok) toast.success(`${counted(replaced.value.shapes, 'shape')} changed`)
    if (mine !== latest.current) return
    if (!replaced.ok) {
      setRefusal(replaced.error.message)
      return replaced.error.code === 'changed_by_someone_else' ? read(chosen) : undefined
    }
    if (preview.more > 0) await choose(chosen)
    else await show(false)
  }
  return { open, chosen, preview, refusal, previewing, replacing, picker, show, choose, confirm }
}
