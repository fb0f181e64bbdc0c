import { execFileSync } from 'node:child_process'

/** The resident memory of the app's process, which this one has started, in MB. */
export function megabytesOfApp(): number {
  const listed = execFileSync('ps', ['-eo', 'ppid=,rss=,args='], { encoding: 'utf8' }).split('\n')
  const line = listed.find((each) => each.trim().startsWith(`${process.pid} `) && each.includes('serve.ts'))
  return Number(line?.trim().split(/\s+/)[1] ?? 0) / 1024
}
