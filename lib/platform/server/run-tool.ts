import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkout } from './environment'
import { PlainError } from './plain-error'
import { stopping } from './stopping'

/** Runs the program of an installed package with this Node. Its output is shown only when it fails. */
export function runTool(script: string, parameters: string[], environment: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(checkout, 'node_modules', script), ...parameters], {
      cwd: checkout,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: stopping,
    })
    const output: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk))
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) return resolve()
      reject(new PlainError(`${script} ${parameters.join(' ')} failed:\n${Buffer.concat(output).toString().trim()}`))
    })
  })
}
