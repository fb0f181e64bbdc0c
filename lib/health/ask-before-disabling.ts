import 'server-only'
import { refuse, type Refusal } from '@/lib/domain/result'
import type { WorkspaceTransaction } from '@/lib/platform/db/client'
import { Prisma } from '@/lib/platform/db/generated/client'

type Subject = { workspaceId: string; name: string } & ({ instanceId: string } | { connectorId: string })

/** The question before an instance or connector is disabled, with the number of shapes that would stop working. */
export async function askBeforeDisabling(
  tx: WorkspaceTransaction,
  subject: Subject,
): Promise<{ ok: false; error: Refusal }> {
  const { shapes, flows } = await countUses(tx, subject)
  const kept = 'Values and tokens stay stored.'
  if (shapes === 0) return refuse('confirmation_needed', `No flow uses “${subject.name}”. ${kept}`)
  const used = `${shapes === 1 ? '1 shape uses' : `${shapes} shapes use`} “${subject.name}”`
  const where = flows === 1 ? 'in 1 flow' : `in ${flows} flows`
  const stops = shapes === 1 ? 'It stops' : 'They stop'
  return refuse('confirmation_needed', `${used} ${where}. ${stops} working until you enable it again. ${kept}`)
}

async function countUses(tx: WorkspaceTransaction, subject: Subject): Promise<{ shapes: number; flows: number }> {
  const used =
    'instanceId' in subject
      ? Prisma.sql`s."instanceId" = ${subject.instanceId}::uuid`
      : Prisma.sql`s."connectorId" = ${subject.connectorId}::uuid AND s."instanceId" IS NOT NULL`
  const [counted] = await tx.$queryRaw<{ shapes: number; flows: number }[]>`
    SELECT count(*)::int AS "shapes", count(DISTINCT v."flowId")::int AS "flows"
    FROM "Shape" s JOIN "FlowVersion" v ON v."id" = s."flowVersionId"
    WHERE s."workspaceId" = ${subject.workspaceId}::uuid AND ${used} AND v."state" IN ('draft', 'deployed')`
  return counted!
}
