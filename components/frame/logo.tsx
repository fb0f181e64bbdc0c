/** Two sockets and the cord between them. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight">
      <svg viewBox="0 0 32 32" aria-hidden className="size-6">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <g fill="none" stroke="#fff" strokeWidth="2.5" strokeLinecap="round">
          <circle cx="9.5" cy="10" r="2.75" />
          <circle cx="22.5" cy="22" r="2.75" />
          <path d="M12.25 10h4.25a4 4 0 0 1 0 8h-1a2 2 0 0 0 0 4h4.25" />
        </g>
      </svg>
      Patchbay
    </span>
  )
}
