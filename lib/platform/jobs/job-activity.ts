/** What one process does for the queue: the jobs that are running, and how many have ended since it started. */
export class JobActivity {
  readonly #running = new Map<string, number>()
  done = 0
  failed = 0

  /** How many are running, by name. */
  get running(): Record<string, number> {
    return Object.fromEntries([...this.#running].sort(([one], [other]) => one.localeCompare(other)))
  }

  /** Does the work of a job, which counts as running until it ends. */
  async during(name: string, work: () => Promise<void>): Promise<void> {
    this.#add(name, 1)
    try {
      await work()
      this.done += 1
    } catch (error) {
      this.failed += 1
      throw error
    } finally {
      this.#add(name, -1)
    }
  }

  #add(name: string, change: number): void {
    const count = (this.#running.get(name) ?? 0) + change
    if (count === 0) this.#running.delete(name)
    else this.#running.set(name, count)
  }
}
