/** Replaces the browser in one test: next/headers reads from it, and redirects are thrown. */
export const browser = { cookies: new Map<string, string>(), headers: new Headers({ host: 'localhost:3000' }) }

export const nextHeaders = {
  headers: async () => browser.headers,
  cookies: async () => ({
    get: (name: string) => (browser.cookies.has(name) ? { name, value: browser.cookies.get(name)! } : undefined),
    set: (name: string, value: string, options: { maxAge?: number }) => {
      if (options.maxAge === 0) browser.cookies.delete(name)
      else browser.cookies.set(name, value)
    },
  }),
}

export class Redirected extends Error {
  constructor(readonly to: string) {
    super(`redirected to ${to}`)
  }
}

export const nextNavigation = {
  redirect: (to: string): never => {
    throw new Redirected(to)
  },
}

/** Runs the work and returns the URL that it redirects to. */
export async function redirectOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof Redirected) return error.to
    throw error
  }
  throw new Error('nothing redirected')
}
