import 'server-only'
import { refuse, type Result, type Refusal } from '@/lib/domain/result'
import { Prisma } from './generated/client'

type Meta = { driverAdapterError?: { cause?: { code?: string; hint?: string } } }

/**
 * The refusal if the database rejects a plain value of a secret variable (triggers …_secret_sealed), because the variable
 * was made secret after it was read. Null for every other error.
 */
export function plainSecretRefusal(error: unknown): Result<never, Refusal> | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null
  const cause = (error.meta as Meta | undefined)?.driverAdapterError?.cause
  if (cause?.code !== '23514' || cause.hint !== 'plain_secret') return null
  return refuse(
    'changed_by_someone_else',
    'A variable was made secret while you were typing; reload and enter its value again. Nothing was saved.',
  )
}
