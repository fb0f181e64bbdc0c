import 'server-only'
import { signalSql } from '@/lib/platform/live/signal'
import { runPrepared, type PreparedStatement } from '@/lib/platform/db/prepared'
import type { Line } from './line-of'

const lineColumns = {
  ...{ id: 'uuid', at: 'timestamptz', workspaceId: 'uuid', correlationId: 'uuid' },
  ...{ purpose: '"RequestPurpose"', outcome: '"RequestOutcome"' },
  ...{ connectorId: 'uuid', methodId: 'uuid', instanceId: 'uuid', endpointId: 'uuid', flowId: 'uuid', shapeId: 'uuid' },
  ...{ userId: 'uuid', actorKind: '"ActorKind"', actorId: 'uuid', actorLabel: 'text' },
  ...{ subject: 'text', httpMethod: 'text', url: 'text', requestHeaders: 'jsonb', status: 'int' },
  ...{ responseHeaders: 'jsonb', requestBytes: 'int', responseBytes: 'int', durationMs: 'int' },
  ...{ errorCode: 'text', errorMessage: 'text' },
}
const bodyColumns = { sealedRequestBody: 'text', sealedResponseBody: 'text', truncated: 'boolean' }
const quoted = (names: string[]) => names.map((name) => `"${name}"`).join(', ')
const typed = Object.entries({ ...lineColumns, ...bodyColumns }).map(([name, type]) => `"${name}" ${type}`)
const ofLine = quoted(Object.keys(lineColumns))
const ofBody = quoted(['id', 'at', 'workspaceId', ...Object.keys(bodyColumns)])

/**
 * Inserts lines and bodies in one statement; each row contains its workspace. Pages that follow the log get a signal.
 */
const insert: PreparedStatement = {
  name: 'insert_request_log',
  text: `
    WITH entry AS (SELECT * FROM json_to_recordset($1::json) AS entry (${typed.join(', ')})),
         line AS (INSERT INTO "RequestLog" (${ofLine}) SELECT ${ofLine} FROM entry),
         body AS (INSERT INTO "RequestLogBody" (${ofBody})
                  SELECT ${ofBody} FROM entry
                  WHERE "sealedRequestBody" IS NOT NULL OR "sealedResponseBody" IS NOT NULL)
    SELECT ${signalSql('requests', '"workspaceId"')} FROM (SELECT DISTINCT "workspaceId" FROM entry) changed`,
}

const [begin, separator, end] = ['[', ',', ']'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer]

/**
 * Joins bytes instead of text: text with a character outside Latin-1, such as the mask of a secret, is several times
 * slower.
 */
export async function insertLines(lines: readonly Line[]): Promise<void> {
  const rows = lines.flatMap(({ json }, index) => (index === 0 ? [json] : [separator, json]))
  await runPrepared('request log', insert, [Buffer.concat([begin, ...rows, end])])
}

/** Whether the error is caused by a row and not by the database, so that the other rows can be written without it. */
export function isBadData(error: unknown): boolean {
  const { code } = error as { code?: string }
  return code !== undefined && /^2[23]/.test(code)
}
