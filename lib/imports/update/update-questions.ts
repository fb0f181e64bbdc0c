import 'server-only'
import { counted } from '@/lib/domain/counted'
import { nameSome } from '@/lib/domain/names'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import type { Import } from '@/lib/platform/db/generated/client'
import type { PartChange } from '../apply/document-parts'

/** The questions of an update that are not those of one of its steps. */

const namedAtMost = 5

/** What is deleted is said once more, because everything else of an update can be taken back by the next one. */
export function questionsAboutRemovals(changes: readonly PartChange[]): string[] {
  return (['method', 'endpoint'] as const).flatMap((kind) => {
    const names = changes.filter((change) => change.kind === kind && change.after === null).map(({ name }) => name)
    if (names.length === 0) return []
    const what = counted(names.length, kind === 'method' ? 'authentication method' : 'endpoint')
    return [`${what} will be deleted: ${nameSome(names.slice(0, namedAtMost), names.length)}.`]
  })
}

export function questionAboutOrigin(origin: string): string {
  return `${origin} is new for credentials: nothing is sent there before an administrator has confirmed it.`
}

/** What replaces or removes what people have changed after they saw the comparison. */
export async function questionAboutChanges(
  tx: WorkspaceTransaction,
  { id: importId, generation }: Pick<Import, 'id' | 'generation'>,
  connectorId: string,
): Promise<string[]> {
  const connector = await tx.connector.findFirst({ where: { id: connectorId }, select: { generation: true } })
  if (!connector || connector.generation === generation) return []
  const overwriting = await tx.importItem.findFirst({
    where: { importId, chosen: true, OR: [{ takesDocument: true }, { change: 'removed' }] },
    select: { id: true },
  })
  return overwriting
    ? [
        'This connector was changed after it was compared. The document’s version and the removals that you chose may undo these changes.',
      ]
    : []
}
