import { createServer } from 'node:net'
import { setting } from './environment'
import { PlainError } from './plain-error'

export function readPort(text = setting('PORT') ?? '3000'): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new PlainError(`PORT is "${text}": it has to be a number from 1 to 65535.`)
}

/** Says so before anything is built or started. */
export async function requireFreePort(port: number, host: string | undefined): Promise<void> {
  const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const probe = createServer()
    probe.once('error', resolve)
    probe.listen({ port, host }, () => probe.close(() => resolve(null)))
  })
  if (!failure) return
  if (failure.code === 'EACCES')
    throw new PlainError(`Port ${port} may not be used by this user. Choose one above 1023: PORT=3000 npm start`)
  throw new PlainError(
    `Port ${port} is in use. If that is Patchbay, it is running already: http://localhost:${port}\n` +
      `For one more process on the same data give it a port of its own: PORT=${port + 1} npm start`,
  )
}
