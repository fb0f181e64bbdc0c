import { counted } from '../counted'

const units = [
  { name: 'hour', seconds: 3_600 },
  { name: 'minute', seconds: 60 },
]

/** “30 seconds”, “2 minutes”, “3 hours”: rounded up, so that a wait of this length is long enough. */
export function spanInWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1_000))
  const unit = units.find((candidate) => seconds >= candidate.seconds) ?? { name: 'second', seconds: 1 }
  const count = Math.ceil(seconds / unit.seconds)
  return counted(count, unit.name)
}
