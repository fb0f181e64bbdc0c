import { createServer } from 'node:net'
import { PlainError } from './plain-error'

/** Throws if the port is not free, before anything is built or started. */
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
