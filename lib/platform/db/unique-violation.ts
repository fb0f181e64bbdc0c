import 'server-only'
import { Prisma } from './generated/client'

type Cause = { kind?: string; constraint?: { index?: string; fields?: string[] } }

/**
 * The name of the unique index that a write violated (`Connector_workspaceId_foldedName_versionLabel_key`), null for
 * every other error. With a driver adapter Prisma puts the name into the cause of the adapter's error.
 */
export function uniqueViolation(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') return null
  const { driverAdapterError } = (error.meta ?? {}) as { driverAdapterError?: { cause?: Cause } }
  const constraint = driverAdapterError?.cause?.constraint
  return constraint?.index ?? constraint?.fields?.join(', ') ?? ''
}
