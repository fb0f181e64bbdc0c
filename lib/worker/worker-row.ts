import 'server-only'
import { hostname } from 'node:os'
import { systemDb } from '@/lib/platform/db/client'
import { newId } from '@/lib/platform/db/new-id'
import type { JobActivity } from '@/lib/platform/jobs/job-activity'
import { logger } from '@/lib/platform/log/logger'
import { version } from '@/lib/platform/version'

/** Much shorter than the time after which a worker counts as silent. */
const reportEveryMs = 3_000

/**
 * The row in which a worker says that it runs, and what it does. A report that fails is only logged: the work does not
 * depend on it.
 */
export class WorkerRow {
  readonly #id = newId()
  readonly #timer: NodeJS.Timeout
  #stopping = false
  #last: Promise<void>

  constructor(private readonly activity: JobActivity) {
    this.#last = this.#report()
    this.#timer = setInterval(() => void (this.#last = this.#last.then(() => this.#report())), reportEveryMs)
    this.#timer.unref()
  }

  /** The worker takes no further job. */
  async stopping(): Promise<void> {
    this.#stopping = true
    await (this.#last = this.#last.then(() => this.#report()))
  }

  /** The worker has stopped. */
  async remove(): Promise<void> {
    clearInterval(this.#timer)
    await this.#last
    await systemDb()
      .worker.deleteMany({ where: { id: this.#id } })
      .catch(logged)
  }

  /** The row may be gone if the process was suspended for long. */
  async #report(): Promise<void> {
    const { running, done, failed } = this.activity
    await systemDb()
      .$executeRaw`INSERT INTO "Worker" ("id", "hostName", "processId", "version", "running", "done", "failed", "stopping")
        VALUES (${this.#id}::uuid, ${hostname()}, ${process.pid}, ${version}, ${JSON.stringify(running)}::jsonb, ${done}, ${failed}, ${this.#stopping})
        ON CONFLICT ("id") DO UPDATE SET "seenAt" = now(), "running" = EXCLUDED."running", "done" = EXCLUDED."done",
          "failed" = EXCLUDED."failed", "stopping" = EXCLUDED."stopping"`.catch(logged)
  }
}

function logged(error: unknown): void {
  logger().warn({ error }, 'the worker could not report itself')
}
