-- Links with which programs ask a person to authorise an instance (DATA §8).

-- CreateEnum
CREATE TYPE "AuthorisationLinkState" AS ENUM ('waiting', 'opened', 'succeeded', 'refused', 'superseded');

-- AlterTable
ALTER TABLE "PendingAuthorisation" ADD COLUMN     "linkId" UUID;

-- CreateTable
CREATE TABLE "AuthorisationLink" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "instanceId" UUID NOT NULL,
    "instanceRevision" INTEGER NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "actorKind" "ActorKind" NOT NULL,
    "actorId" UUID,
    "actorLabel" TEXT NOT NULL,
    "actorAddress" TEXT,
    "returnTo" TEXT,
    "sealedSettings" TEXT NOT NULL DEFAULT '',
    "state" "AuthorisationLinkState" NOT NULL DEFAULT 'waiting',
    "message" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "openedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AuthorisationLink_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AuthorisationLink_tokenHash_key" ON "AuthorisationLink"("tokenHash");

-- CreateIndex
CREATE INDEX "AuthorisationLink_instanceId_createdAt_idx" ON "AuthorisationLink"("instanceId", "createdAt");

-- CreateIndex
CREATE INDEX "AuthorisationLink_expiresAt_idx" ON "AuthorisationLink"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "AuthorisationLink_workspaceId_id_key" ON "AuthorisationLink"("workspaceId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PendingAuthorisation_workspaceId_linkId_key" ON "PendingAuthorisation"("workspaceId", "linkId");

-- AddForeignKey
ALTER TABLE "PendingAuthorisation" ADD CONSTRAINT "PendingAuthorisation_workspaceId_linkId_fkey" FOREIGN KEY ("workspaceId", "linkId") REFERENCES "AuthorisationLink"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuthorisationLink" ADD CONSTRAINT "AuthorisationLink_workspaceId_connectorId_instanceId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "instanceId") REFERENCES "Instance"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One link per instance waits to be opened: a newer one supersedes the older.
CREATE UNIQUE INDEX "AuthorisationLink_one_waiting" ON "AuthorisationLink" ((CASE WHEN "state" = 'waiting' THEN "instanceId" END));
