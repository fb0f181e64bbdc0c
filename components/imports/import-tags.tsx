import { ChooseBox } from '@/components/imports/choose-box'
import { counted } from '@/lib/domain/counted'
import type { ImportTag } from '@/lib/imports/import-views'

/** The entity types of a document, each chosen as a whole. */
export function ImportTags({ importId, tags }: { importId: string; tags: readonly ImportTag[] }) {
  return (
    <details>
      <summary className="text-sm font-medium">Choose by entity type ({tags.length.toLocaleString('en-GB')})</summary>
      <ul
        aria-label="Entity types"
        tabIndex={0}
        className="mt-2 max-h-80 divide-y overflow-y-auto rounded-lg border bg-surface"
      >
        {tags.map(({ tag, total, chosen }) => {
          const name = tag === '' ? 'Without entity type' : tag
          return (
            <li key={tag} className="flex items-center gap-3 px-3 py-1.5 text-sm">
              <ChooseBox
                importId={importId}
                filter={{ tag }}
                label={`Import all of ${name}`}
                chosen={chosen === total}
                isPartial={chosen > 0 && chosen < total}
              />
              <span className="min-w-0 grow break-words">{name}</span>
              <span className="tabular text-muted">
                {chosen.toLocaleString('en-GB')} of {counted(total, 'endpoint')}
              </span>
            </li>
          )
        })}
      </ul>
    </details>
  )
}
