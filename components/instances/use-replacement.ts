import { counted } from '@/lib/domain/counted'
import { useState } from 'react'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { useSearch } from '@/components/ui/use-search'
import { previewReplacementAction, replaceInstanceAction, searchReplacementsAction } from '@/lib/flows/shape-actions'
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
  const [searchInstances] = useAction(searchReplacementsAction, unansweredResult)
  const [readPreview, previewing] = useAction(previewReplacementAction, unansweredResult)
  const [replaceInstance, replacing] = useAction(replaceInstanceAction, unansweredResult)
  const picker = useSearch(options, async (text) => {
    const answer = await searchInstances({ instanceId, search: text })
    return answer.ok ? answer.value : null
  })

  const show = async (next: boolean) => {
    setOpen(next)
    setChosen(null)
    setPreview(null)
    setRefusal('')
    if (!next) return
    const answer = await searchInstances({ instanceId, search: '' })
    if (answer.ok) setOptions(answer.value)
    else setRefusal(answer.error.message)
  }
  const choose = async (option: InstanceOption) => {
    setChosen(option)
    setPreview(null)
    setRefusal('')
    const read = await readPreview({ instanceId, newInstanceId: option.id })
    if (read.ok) setPreview(read.value)
    else setRefusal(read.error.message)
  }
  const confirm = async () => {
    if (!chosen || !preview) return
    const flows = preview.flows.map(({ id, revision }) => ({ flowId: id, revision }))
    const replaced = await replaceInstance({ instanceId, newInstanceId: chosen.id, flows })
    if (!replaced.ok) return setRefusal(replaced.error.message)
    const { shapes } = replaced.value
    toast.success(`${counted(shapes, 'shape')} changed`)
    if (preview.more > 0) await choose(chosen)
    else await show(false)
  }
  return { open, chosen, preview, refusal, previewing, replacing, picker, show, choose, confirm }
}
