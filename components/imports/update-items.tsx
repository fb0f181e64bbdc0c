import { ChooseBox } from '@/components/imports/choose-box'
import { ItemChanges } from '@/components/imports/item-changes'
import { changeLabels, changeTones } from '@/components/imports/update-words'
import { StatusBadge } from '@/components/ui/status-badge'
import { Badge } from '@/components/ui/badge'
import { counted } from '@/lib/domain/counted'
import type { ImportItemView } from '@/lib/imports/import-views'

type UpdateItemsProps = { importId: string; label: string; items: readonly ImportItemView[] }

/** What an update does with each item, and whether it is done. */
export function UpdateItems({ importId, label, items }: UpdateItemsProps) {
  return (
    <ul aria-label={label} className="divide-y rounded-lg border bg-surface">
      {items.map((item) => (
        <li key={item.id} className="flex items-start gap-3 px-3 py-2 text-sm">
          <UpdateItem importId={importId} item={item} />
        </li>
      ))}
    </ul>
  )
}

const verbs = { added: 'Add', changed: 'Update', moved: 'Update', removed: 'Remove', left_out: 'Add' }

function UpdateItem({ importId, item }: { importId: string; item: ImportItemView }) {
  const { id, kind, name, newName, httpMethod, url, chosen, change, conflicts, isLocal, takesDocument, uses } = item
  const shown = newName || name
  const stays = change === 'removed' && uses > 0
  return (
    <>
      <span className="w-4 shrink-0 pt-0.5">
        {change !== null && change !== 'same' && !stays && (
          <ChooseBox importId={importId} filter={{ itemId: id }} label={`${verbs[change]} ${shown}`} chosen={chosen} />
        )}
      </span>
      <span className="grid min-w-0 grow gap-1">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium break-words">{shown}</span>
          {change !== null && (
            <StatusBadge tone={changeTones[change]} quiet>
              {changeLabels[change]}
            </StatusBadge>
          )}
          {conflicts > 0 ? (
            <StatusBadge tone="warn" quiet>
              {takesDocument ? 'Changed in both: the document wins' : 'Changed in both: yours stays'}
            </StatusBadge>
          ) : (
            isLocal && <Badge>Changed here too</Badge>
          )}
        </span>
        {kind === 'endpoint' && (
          <code className="text-xs break-all text-muted">
            {httpMethod} {url}
          </code>
        )}
        {uses > 0 && (
          <span className="text-muted">
            {kind === 'endpoint' ? `Called by ${counted(uses, 'shape')}.` : `Has ${counted(uses, 'instance')}.`}
            {stays && ' So it stays, although the document does not have it any more.'}
          </span>
        )}
      </span>
      {change !== 'removed' && change !== 'same' && <ItemChanges importId={importId} item={item} />}
    </>
  )
}
