import { ChooseBox } from '@/components/imports/choose-box'
import { RenameItem } from '@/components/imports/rename-item'
import { Badge } from '@/components/ui/badge'
import { counted } from '@/lib/domain/counted'
import type { ImportItemView } from '@/lib/imports/import-views'

type ImportItemsProps = { importId: string; label: string; items: readonly ImportItemView[] }

/** Methods or endpoints of a document, each with whether it is imported and what it is called. */
export function ImportItems({ importId, label, items }: ImportItemsProps) {
  return (
    <ul aria-label={label} className="divide-y rounded-lg border bg-surface">
      {items.map(({ id, kind, name, newName, tag, httpMethod, url, accepts, endpoints, chosen }) => (
        <li key={id} className="flex items-start gap-3 px-3 py-2 text-sm">
          <span className="pt-0.5">
            <ChooseBox
              importId={importId}
              filter={{ itemId: id }}
              label={`Import ${newName || name}`}
              chosen={chosen}
            />
          </span>
          <span className="grid min-w-0 grow gap-1">
            <span className="flex flex-wrap items-center gap-x-2">
              <span className="min-w-0 font-medium break-words">{newName || name}</span>
              {tag !== '' && <span className="text-muted">{tag}</span>}
            </span>
            {kind === 'endpoint' ? (
              <>
                <code className="text-xs break-all text-muted">
                  {httpMethod} {url}
                </code>
                <span className="flex flex-wrap gap-1">
                  {accepts.map((method) => (
                    <Badge key={method}>{method}</Badge>
                  ))}
                </span>
              </>
            ) : (
              <span className="tabular text-muted">accepted by {counted(endpoints, 'endpoint')}</span>
            )}
          </span>
          <RenameItem importId={importId} itemId={id} name={name} newName={newName} />
        </li>
      ))}
    </ul>
  )
}
