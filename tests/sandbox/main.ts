import { startSandbox } from './sandbox'
import { welcomeLines } from './welcome'

/**
 * `npm run sandbox`: Acme Commerce on SANDBOX_PORT (4010), until Ctrl-C or SIGTERM. With a folder as its parameter it
 * stores its grants there, which is how the app starts it.
 */
async function main(): Promise<void> {
  const port = Number(process.env.SANDBOX_PORT ?? 4010)
  if (!Number.isInteger(port) || port < 1 || port > 65_533)
    throw new Error('SANDBOX_PORT must be a port number up to 65533')
  const [folder] = process.argv.slice(2)
  const sandbox = await startSandbox({ port, folder })
  const stop = () => void sandbox.close().then(() => process.exit(0))
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  if (process.send) {
    // The launcher that started it has ended.
    process.on('disconnect', stop)
    return void process.send('ready')
  }
  const lines = welcomeLines(sandbox)
  const width = Math.max(...lines.map(([name]) => name.length))
  console.log(`Acme Commerce runs at ${sandbox.url}\n`)
  for (const [name, value] of lines) console.log(`  ${name.padEnd(width)}  ${value}`)
}

main().catch((error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE'
      ? `${error.message}. Choose another port with SANDBOX_PORT (it and the two after it are used).`
      : error.message,
  )
  process.exit(1)
})
