-- Sessions are rows: a cookie names one, and signing out ends it in every process. Cookies of before name none, so everybody
-- signs in once more, and what ended those cookies goes.
CREATE TABLE "Session" (
  "id" UUID NOT NULL,
  "workspaceId" UUID NOT NULL,
  "userId" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "endsAt" TIMESTAMPTZ(3) NOT NULL,
  "endedAt" TIMESTAMPTZ(3),
  "userAgent" TEXT NOT NULL DEFAULT '',
  "address" TEXT,

  CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Session_userId_createdAt_id_idx" ON "Session" ("userId", "createdAt", "id");
CREATE INDEX "Session_workspaceId_userId_idx" ON "Session" ("workspaceId", "userId");
CREATE INDEX "Session_endsAt_idx" ON "Session" ("endsAt");
ALTER TABLE "Session" ADD CONSTRAINT "Session_workspaceId_userId_fkey" FOREIGN KEY ("workspaceId", "userId")
  REFERENCES "Membership" ("workspaceId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "User" DROP COLUMN "sessionVersion";
