import type { PersonActor } from '@/lib/domain/access/actor'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'

/**
 * A separate server process for tests. Each line of its input is a JSON job: it sends that many requests at once and
 * writes one line with their results. Started by startRequestWorker().
 */

export type RequestJob = {
  actor: PersonActor
  instanceId: string
  endpointId: string
  count: number
  timeoutSeconds?: number
}
export type RequestJobResult = { status: number | null; error: string | null; message: string | null }[]

async function work({ actor, count, ...input }: RequestJob): Promise<RequestJobResult> {
  const requests = Array.from({ length: count }, () =>
    sendEndpointRequest(actor, { ...input, values: {}, filters: {} }),
  )
  const results = await Promise.all(requests)
  return results.map((result) =>
    result.ok
      ? { status: result.value.response.status, error: null, message: null }
      : { status: null, error: result.error.code, message: result.error.message },
  )
}

process.stdin.on('data', (line) => {
  void work(JSON.parse(String(line)) as RequestJob).then((result) =>
    process.stdout.write(`${JSON.stringify(result)}\n`),
  )
})
process.stdout.write('ready\n')
