import { systemDb } from '@/lib/platform/db/client'
import type { Prisma } from '@/lib/platform/db/generated/client'
import { startSandbox, type Sandbox } from '@/tests/sandbox/sandbox'
import { acmeBasicValues, acmeConnector, acmeEndpoint, acmeInstance, acmeMethod } from '@/tests/support/acme-builders'
import { anActor } from '@/tests/support/builders'
import type { RequestJob } from '@/tests/support/request-worker'
import { startRequestWorker, type RequestWorker } from '@/tests/support/start-request-worker'
import { printLines, shown } from './measure'

/**
 * Measures that waiting requests of two processes use free limits quickly (PRODUCT §7). That they do not exceed the
 * limits is tested in integration/limits/across-processes.test.ts.
 */

type Subject = { job: Omit<RequestJob, 'count'>; limit: (data: Prisma.InstanceUpdateInput) => Promise<unknown> }
type Case = {
  name: string
  mostMs: number
  /** Allowed range in milliseconds. */
  run: (workers: RequestWorker[], place: Subject, sandbox: Sandbox) => Promise<[from: number, to: number]>
}

const delayMs = 300

async function arrivals({ control }: Sandbox): Promise<[from: number, to: number]> {
  const times = (await control.getRequests({ path: '/orders' })).map(({ at }) => Date.parse(at))
  return [Math.min(...times), Math.max(...times)]
}

async function untilArrived({ control }: Sandbox, count: number): Promise<void> {
  while ((await control.getRequests({ path: '/orders' })).length < count)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

const cases: Case[] = [
  {
    name: '40 requests at 10 a second',
    mostMs: 5_500,
    run: async (workers, { job, limit }, sandbox) => {
      await limit({ rateLimitAmount: 10, rateLimitUnit: 'second' })
      await Promise.all(workers.map((worker) => worker.run({ ...job, count: 20 })))
      return arrivals(sandbox)
    },
  },
  {
    name: '16 requests of 300 ms, two at once',
    mostMs: 8 * delayMs * 2,
    run: async (workers, { job, limit }, sandbox) => {
      await limit({ maxConcurrent: 2 })
      await sandbox.control.delayApi({ ms: delayMs })
      await Promise.all(workers.map((worker) => worker.run({ ...job, count: 8 })))
      return arrivals(sandbox)
    },
  },
  {
    name: 'One request next to 60 of another process',
    mostMs: 3_500,
    run: async ([busy, other], { job, limit }, sandbox) => {
      await limit({ maxConcurrent: 1 })
      await sandbox.control.delayApi({ ms: 100 })
      const many = busy!.run({ ...job, count: 60 })
      await untilArrived(sandbox, 3)
      const began = Date.now()
      await other!.run({ ...job, count: 1 })
      const ended = Date.now()
      await many
      return [began, ended]
    },
  },
  {
    name: '20 requests whose limit is raised while they wait',
    mostMs: 4_000,
    run: async (workers, { job, limit }, sandbox) => {
      await limit({ rateLimitAmount: 1, rateLimitUnit: 'minute' })
      const waiting = Promise.all(workers.map((worker) => worker.run({ ...job, count: 10 })))
      await untilArrived(sandbox, 1)
      await limit({ rateLimitAmount: 50, rateLimitUnit: 'second' })
      const raised = Date.now()
      await waiting
      return [raised, Date.now()]
    },
  },
  {
    // Must be last, because it ends a process.
    name: '4 requests after the death of a process whose 2 had all places',
    mostMs: 10_000,
    run: async ([dying, other], { job, limit }, sandbox) => {
      await limit({ maxConcurrent: 2 })
      await sandbox.control.delayApi({ ms: 60_000, times: 2 })
      dying!.run({ ...job, timeoutSeconds: 60, count: 10 }).catch(() => {})
      await untilArrived(sandbox, 2)
      const waiting = other!.run({ ...job, count: 4 })
      await dying!.kill()
      const died = Date.now()
      await waiting
      return [died, Date.now()]
    },
  },
]

async function aSubject(sandbox: Sandbox): Promise<Subject> {
  const actor = await anActor('user')
  const acme = await acmeConnector(actor.workspaceId, sandbox.url)
  const method = await acmeMethod(acme, 'basic')
  const { id } = await acmeInstance(acme, method, acmeBasicValues)
  const endpoint = await acmeEndpoint(acme, method, '/orders')
  return {
    job: { actor, instanceId: id, endpointId: endpoint.id, timeoutSeconds: 5 },
    limit: (data) => systemDb().instance.update({ where: { id }, data }),
  }
}

/** False if one takes longer than allowed. */
export async function measureLimits(): Promise<boolean> {
  const sandbox = await startSandbox()
  const workers = await Promise.all([startRequestWorker(), startRequestWorker()])
  const lines: string[][] = [['Limits of two processes', 'took', 'at most']]
  let isQuick = true
  for (const { name, mostMs, run } of cases) {
    await sandbox.control.reset()
    const subject = await aSubject(sandbox)
    await Promise.all(workers.map((worker) => worker.run({ ...subject.job, count: 1 })))
    await sandbox.control.clearRequests()
    const [from, to] = await run(workers, subject, sandbox)
    isQuick &&= to - from <= mostMs
    lines.push([name, shown(to - from), shown(mostMs)])
  }
  await Promise.all(workers.map((worker) => worker.kill()))
  await sandbox.close()
  printLines(lines)
  return isQuick
}
