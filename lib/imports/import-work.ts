import 'server-only'
import type { WorkspaceDb, WorkspaceTransaction } from '@/lib/platform/db/client'
import type { ImportState, Prisma } from '@/lib/platform/db/generated/client'

/** Another process has taken up the work, or a person has cancelled it: this one writes nothing more. */
export class Overtaken extends Error {}

/** How often work is taken up that ends without a result, such as with its process. */
const mostAttempts = 3

/** A batch, or the report; a database that is busy may need this long for it. */
const patience = { timeout: 120_000, maxWait: 30_000 }

type Claimed = Prisma.ImportGetPayload<object>

/**
 * The work of one process on one import. Every write first confirms, in its transaction, that the import is still in the
 * state and the attempt of this process, so that a process that is only slow and its successor never mix.
 */
export class ImportWork {
  private constructor(
    readonly db: WorkspaceDb,
    readonly row: Claimed,
  ) {}

  /** @returns null if the import is in none of the states, so that there is nothing to do */
  static async take(
    db: WorkspaceDb,
    id: string,
    { from, to }: { from: ImportState[]; to: ImportState },
  ): Promise<ImportWork | null> {
    const [row] = await db.import.updateManyAndReturn({
      where: { id, state: { in: from } },
      data: { state: to, attempt: { increment: 1 }, failure: '' },
    })
    return row ? new ImportWork(db, row) : null
  }

  get isHopeless(): boolean {
    return this.row.attempt > mostAttempts
  }

  get owner() {
    return { workspaceId: this.row.workspaceId, importId: this.row.id }
  }

  /**
   * Changes the import and what belongs to it.
   * @throws Overtaken
   */
  async write(
    data: Prisma.ImportUncheckedUpdateManyInput,
    work: (tx: WorkspaceTransaction) => Promise<unknown> = async () => {},
  ): Promise<void> {
    const { id, state, attempt } = this.row
    await this.db.$transaction(async (tx) => {
      const { count } = await tx.import.updateMany({ where: { id, state, attempt }, data })
      if (count === 0) throw new Overtaken(`import ${id} is no longer the work of this process`)
      await work(tx)
    }, patience)
  }
}
